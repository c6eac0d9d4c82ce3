//! Transcendental functions from one software library, so that every platform prints the same digits.
//!
//! The standard library's `ln`, `exp`, `pow` may differ in the last bit between platforms; clippy forbids them
//! elsewhere (see `clippy.toml`).

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Logarithm to base 2.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// Logarithm to base 10.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// e to the power `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// 2 to the power `x`.
pub fn exp2(x: f64) -> f64 {
    libm::exp2(x)
}

/// `x` to the power `y`.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Sine of `x` in radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of `x` in radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Square root; exact to the last bit by the floating-point standard, here for completeness.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// `x · ln(x / y)` with the limit 0 at `x = 0`, as all entropies and G² need it.
pub fn x_ln_ratio(x: f64, y: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x * ln(x / y) }
}
