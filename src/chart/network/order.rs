//! The order of things round the ring: those with strong links near each other.

/// A link between two things, by number, with its strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub ends: (usize, usize),
    pub weight: f64,
}

/// The strongest thing first, then always the thing with most strength to those that stand there already, late ones counting more;
/// then pairs change places as long as that shortens the links. The result depends on nothing but the links and their order.
pub(super) fn around(things: usize, links: &[Link]) -> Vec<usize> {
    let mut strength = vec![vec![0.0_f64; things]; things];
    for link in links {
        strength[link.ends.0][link.ends.1] += link.weight;
        strength[link.ends.1][link.ends.0] += link.weight;
    }
    let total = |thing: usize| strength[thing].iter().sum::<f64>();
    let mut order: Vec<usize> = Vec::with_capacity(things);
    let mut left: Vec<usize> = (0..things).collect();
    while !left.is_empty() {
        let pull = |thing: usize| {
            let mut pull = 0.0;
            for (ago, &other) in order.iter().rev().enumerate() {
                pull += strength[thing][other] / (1.0 + ago as f64);
            }
            pull
        };
        let mut best = 0;
        for place in 1..left.len() {
            let (mine, theirs) = (left[place], left[best]);
            let (key, other) = ((pull(mine), total(mine)), (pull(theirs), total(theirs)));
            if key.0 > other.0 || (key.0 == other.0 && key.1 > other.1) {
                best = place;
            }
        }
        order.push(left.remove(best));
    }
    shorten(&mut order, &strength);
    order
}

/// The sum of strengths times distances round the ring.
pub(super) fn length(order: &[usize], strength: &[Vec<f64>]) -> f64 {
    let things = order.len();
    let mut sum = 0.0;
    for (place, &thing) in order.iter().enumerate() {
        for (other_place, &other) in order.iter().enumerate().take(place) {
            let apart = place - other_place;
            sum += strength[thing][other] * apart.min(things - apart) as f64;
        }
    }
    sum
}

fn shorten(order: &mut [usize], strength: &[Vec<f64>]) {
    const MOST_ROUNDS: usize = 6;
    let mut now = length(order, strength);
    for _ in 0..MOST_ROUNDS {
        let before = now;
        for first in 0..order.len() {
            for second in first + 1..order.len() {
                order.swap(first, second);
                let then = length(order, strength);
                if then < now - 1e-9 {
                    now = then;
                } else {
                    order.swap(first, second);
                }
            }
        }
        if now >= before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_with_links_stand_together() {
        // Two triangles whose things come in turn.
        let triangle = |things: [usize; 3]| [(0, 1), (1, 2), (0, 2)].map(|(a, b)| Link { ends: (things[a], things[b]), weight: 2.0 });
        let links: Vec<Link> = [triangle([0, 2, 4]), triangle([1, 3, 5])].concat();
        let order = around(6, &links);
        let places = |things: [usize; 3]| {
            let mut places = things.map(|thing| order.iter().position(|other| *other == thing).unwrap());
            places.sort_unstable();
            places
        };
        assert!([[0, 1, 2], [3, 4, 5]].contains(&places([0, 2, 4])), "{order:?}");
        assert_eq!(around(0, &[]), Vec::<usize>::new());
        assert_eq!(around(1, &[]), [0]);
    }

    #[test]
    fn no_change_of_two_places_is_left_that_shortens() {
        let links: Vec<Link> =
            (0..40_usize).map(|n| Link { ends: (n * 7 % 12, (n * 7 + 1 + n * n % 11) % 12), weight: 1.0 + (n % 5) as f64 }).collect();
        let links: Vec<Link> = links.into_iter().filter(|link| link.ends.0 != link.ends.1).collect();
        let mut order = around(12, &links);
        let mut strength = vec![vec![0.0; 12]; 12];
        for link in &links {
            strength[link.ends.0][link.ends.1] += link.weight;
            strength[link.ends.1][link.ends.0] += link.weight;
        }
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..12).collect::<Vec<_>>());
        let found = length(&order, &strength);
        for first in 0..12 {
            for second in 0..12 {
                order.swap(first, second);
                assert!(length(&order, &strength) >= found - 1e-6);
                order.swap(first, second);
            }
        }
    }
}
