//! Eigenvalues and eigenvectors of small symmetric matrices, and the Cholesky factor, in double precision.

/// Rotations stop when the off-diagonal part is this small beside the matrix.
const CONVERGED: f64 = 1e-15;
/// Sweeps after which the rotations stop in any case; six to ten are usual.
const MAX_SWEEPS: usize = 40;

/// Eigenvalues in descending order and their unit eigenvectors.
#[derive(Debug, Clone)]
pub struct Eigen {
    /// The eigenvalues, largest first.
    pub values: Vec<f64>,
    /// The eigenvectors, one a row, in the order of `values`.
    pub vectors: Vec<Vec<f64>>,
}

/// Eigenvalues and eigenvectors of the symmetric `matrix` (row after row, `size × size`), by cyclic Jacobi rotations.
///
/// Golub & Van Loan 2013, algorithm 8.5.3. Meant for sizes up to a few hundred.
pub fn symmetric_eigen(matrix: &[f64], size: usize) -> Eigen {
    let mut a = matrix.to_vec();
    // Rows of `v` are the eigenvectors: rotating rows walks memory in order.
    let mut v = vec![0.0; size * size];
    for index in 0..size {
        v[index * size + index] = 1.0;
    }
    let total: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..MAX_SWEEPS {
        let off: f64 = (0..size).map(|p| (p + 1..size).map(|q| a[p * size + q] * a[p * size + q]).sum::<f64>()).sum();
        if off <= CONVERGED * CONVERGED * total {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut a, &mut v, size, p, q);
            }
        }
    }
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&i, &j| a[j * size + j].total_cmp(&a[i * size + i]));
    Eigen {
        values: order.iter().map(|&index| a[index * size + index]).collect(),
        vectors: order.iter().map(|&index| v[index * size..(index + 1) * size].to_vec()).collect(),
    }
}

fn rotate(a: &mut [f64], v: &mut [f64], size: usize, p: usize, q: usize) {
    let apq = a[p * size + q];
    let (app, aqq) = (a[p * size + p], a[q * size + q]);
    if apq.abs() <= f64::MIN_POSITIVE || apq.abs() < 1e-18 * (app.abs() + aqq.abs()) {
        return;
    }
    let tau = (aqq - app) / (2.0 * apq);
    let tangent = tau.signum() / (tau.abs() + (1.0 + tau * tau).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    // The matrix stays symmetric, so rotate two rows and copy them to the two columns.
    let (upper, lower) = a.split_at_mut(q * size);
    turn(&mut upper[p * size..(p + 1) * size], &mut lower[..size], cosine, sine);
    a[p * size + p] = app - tangent * apq;
    a[q * size + q] = aqq + tangent * apq;
    a[p * size + q] = 0.0;
    a[q * size + p] = 0.0;
    for row in 0..size {
        if row != p && row != q {
            a[row * size + p] = a[p * size + row];
            a[row * size + q] = a[q * size + row];
        }
    }
    let (upper, lower) = v.split_at_mut(q * size);
    turn(&mut upper[p * size..(p + 1) * size], &mut lower[..size], cosine, sine);
}

fn turn(first: &mut [f64], second: &mut [f64], cosine: f64, sine: f64) {
    for (x, y) in first.iter_mut().zip(second) {
        let (a, b) = (*x, *y);
        *x = cosine * a - sine * b;
        *y = sine * a + cosine * b;
    }
}

/// The inverse of the upper Cholesky factor R of a Gram matrix `G = RᵀR`, so that `Y R⁻¹` has orthonormal columns.
///
/// A column that depends on earlier ones (its remainder is below `tolerance` of the largest diagonal element) gets a zero
/// column: the direction is dropped. Row after row.
pub fn inverse_cholesky(gram: &[f64], size: usize, tolerance: f64) -> Vec<f64> {
    let largest = (0..size).map(|index| gram[index * size + index]).fold(0.0, f64::max);
    let mut factor = vec![0.0; size * size];
    for row in 0..size {
        let above: f64 = (0..row).map(|k| factor[k * size + row] * factor[k * size + row]).sum();
        let remainder = gram[row * size + row] - above;
        if remainder <= tolerance * largest || largest <= 0.0 {
            continue;
        }
        let pivot = remainder.sqrt();
        factor[row * size + row] = pivot;
        for column in row + 1..size {
            let above: f64 = (0..row).map(|k| factor[k * size + row] * factor[k * size + column]).sum();
            factor[row * size + column] = (gram[row * size + column] - above) / pivot;
        }
    }
    let mut inverse = vec![0.0; size * size];
    for column in 0..size {
        if factor[column * size + column] == 0.0 {
            continue;
        }
        inverse[column * size + column] = 1.0 / factor[column * size + column];
        for row in (0..column).rev() {
            let pivot = factor[row * size + row];
            if pivot == 0.0 {
                continue;
            }
            let sum: f64 = (row + 1..=column).map(|k| factor[row * size + k] * inverse[k * size + column]).sum();
            inverse[row * size + column] = -sum / pivot;
        }
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        // The second-difference matrix of size n has the eigenvalues 2 − 2 cos(jπ/(n+1)), j = 1…n (Golub & Van Loan 2013, 4.8.6).
        let size = 7;
        let mut matrix = vec![0.0; size * size];
        for index in 0..size {
            matrix[index * size + index] = 2.0;
            if index + 1 < size {
                matrix[index * size + index + 1] = -1.0;
                matrix[(index + 1) * size + index] = -1.0;
            }
        }
        let eigen = symmetric_eigen(&matrix, size);
        for (position, value) in eigen.values.iter().enumerate() {
            let expected = 2.0 - 2.0 * crate::maths::float::cos((size - position) as f64 * std::f64::consts::PI / (size + 1) as f64);
            assert!((value - expected).abs() < 1e-13, "{value} {expected}");
            for row in 0..size {
                let image: f64 = (0..size).map(|column| matrix[row * size + column] * eigen.vectors[position][column]).sum();
                assert!((image - value * eigen.vectors[position][row]).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn cholesky_orthonormalises_and_drops_dependent_columns() {
        // Columns (1,0,1), (2,0,2), (0,3,0): the second is twice the first.
        let columns = [[1.0, 0.0, 1.0], [2.0, 0.0, 2.0], [0.0, 3.0, 0.0]];
        let mut gram = vec![0.0; 9];
        for i in 0..3 {
            for j in 0..3 {
                gram[i * 3 + j] = (0..3).map(|k| columns[i][k] * columns[j][k]).sum();
            }
        }
        let inverse = inverse_cholesky(&gram, 3, 1e-10);
        let made: Vec<Vec<f64>> =
            (0..3).map(|j| (0..3).map(|k| (0..3).map(|i| columns[i][k] * inverse[i * 3 + j]).sum()).collect()).collect();
        let product = |a: usize, b: usize| (0..3).map(|k| made[a][k] * made[b][k]).sum::<f64>();
        assert!((product(0, 0) - 1.0).abs() < 1e-12 && (product(2, 2) - 1.0).abs() < 1e-12);
        assert!(product(0, 2).abs() < 1e-12 && product(1, 1) == 0.0);
    }
}
