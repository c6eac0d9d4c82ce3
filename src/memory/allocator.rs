//! What the memory allocator does with large blocks.

/// Blocks of at least this many bytes go back to the system when they are freed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 1 << 20;

/// Free memory behind the last small block goes back to the system when it is at least this many bytes.
///
/// glibc's own limit of 128 kB gives it back after every batch of documents, to ask for it again with the next: an eighth of all processor time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SPARE: libc::c_int = 16 << 20;

/// Asks the allocator to give large blocks back to the system as soon as they are freed.
///
/// glibc raises its limit for that with every large block that is freed, up to 32 MB, and then keeps what counting has left behind
/// in pieces that nothing fits into: a run of `topics` held 227 MB instead of 150. Elsewhere this does nothing.
pub fn return_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: mallopt only sets numbers of the allocator; it is called before any thread is started.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, SPARE);
    }
}
