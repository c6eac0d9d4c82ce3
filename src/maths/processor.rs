//! Code compiled for the widest vectors of the processor at hand.

/// Defines a function whose body is chosen when it runs, by the vectors that the processor has: each body is compiled for them.
///
/// The bodies do the same sums in the same order, so that every processor gives the same bits: they may cut the work into tiles of
/// different size, but never split a sum. The compiler never fuses a multiplication with an addition of its own accord.
macro_rules! by_processor {
    ($(#[$note:meta])* $scope:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)? {
        avx512 => $wide:expr,
        avx2 => $middle:expr,
        any => $narrow:expr $(,)?
    }) => {
        $(#[$note])*
        $scope fn $name($($argument: $kind),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                fn wide($($argument: $kind),*) $(-> $result)? {
                    $wide
                }
                #[target_feature(enable = "avx2")]
                fn middle($($argument: $kind),*) $(-> $result)? {
                    $middle
                }
                let is_wide = std::arch::is_x86_feature_detected!("avx512f")
                    && std::arch::is_x86_feature_detected!("avx512bw")
                    && std::arch::is_x86_feature_detected!("avx512dq")
                    && std::arch::is_x86_feature_detected!("avx512vl");
                if is_wide || std::arch::is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has just said that it has these vectors; the functions themselves are safe code.
                    return unsafe { if is_wide { wide($($argument),*) } else { middle($($argument),*) } };
                }
            }
            $narrow
        }
    };
    ($(#[$note:meta])* $scope:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $(-> $result:ty)? $body:block) => {
        $crate::maths::by_processor! {
            $(#[$note])*
            $scope fn $name($($argument: $kind),*) $(-> $result)? { avx512 => $body, avx2 => $body, any => $body }
        }
    };
}

pub(crate) use by_processor;
