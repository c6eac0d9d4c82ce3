//! Table specifications, words and numbers that look random.

use headword::table::{ColumnKind, ColumnSpec, TableSpec};

const fn column(name: &'static str, heading: &'static str, kind: ColumnKind, unit: &'static str) -> ColumnSpec {
    ColumnSpec { name, heading, kind, unit, meaning: "Made up.", source: "" }
}

pub static LABEL: ColumnSpec = column("label", "Term", ColumnKind::Text, "");
pub static GROUP: ColumnSpec = column("group", "Group", ColumnKind::Text, "");
pub static DAY: ColumnSpec = column("day", "Week", ColumnKind::Date, "");
pub static K: ColumnSpec = column("k", "Topics", ColumnKind::Integer, "number of topics");
pub static COUNT: ColumnSpec = column("count", "Count", ColumnKind::Integer, "occurrences");
pub static RATE: ColumnSpec = column("rate", "Per million", ColumnKind::Decimal(1), "per million words");
pub static RATE_LEFT: ColumnSpec = column("rate_left", "The Harbour Times", ColumnKind::Decimal(1), "per million words");
pub static RATE_RIGHT: ColumnSpec = column("rate_right", "Northern Echo", ColumnKind::Decimal(1), "per million words");
pub static SHARE: ColumnSpec = column("share", "Share of documents", ColumnKind::Share, "share of documents");
pub static LOG: ColumnSpec = column("log_ratio", "Log ratio", ColumnKind::Decimal(2), "log₂ of the ratio of rates");
pub static Q: ColumnSpec = column("q_value", "q", ColumnKind::Probability, "false discovery rate");
pub static LOW: ColumnSpec = column("low", "Low", ColumnKind::Decimal(2), "");
pub static HIGH: ColumnSpec = column("high", "High", ColumnKind::Decimal(2), "");
pub static PLACE_X: ColumnSpec = column("map_x", "First axis", ColumnKind::Decimal(2), "");
pub static PLACE_Y: ColumnSpec = column("map_y", "Second axis", ColumnKind::Decimal(2), "");

macro_rules! table_spec {
    ($id:ident, $name:literal, $($column:expr),+) => {
        pub static $id: TableSpec = TableSpec { name: $name, title: "Made up", summary: "Made up.", order: "as made", columns: &[$(&$column),+] };
    };
}
table_spec!(COUNTS, "counts", LABEL, GROUP, COUNT, LOW, HIGH);
table_spec!(RATES, "rates", LABEL, GROUP, RATE, LOW, HIGH);
table_spec!(LOGS, "logs", LABEL, GROUP, LOG, LOW, HIGH);
table_spec!(SHARES, "shares", LABEL, GROUP, SHARE, LOW, HIGH);
table_spec!(SERIES, "series", DAY, GROUP, RATE, LOW, HIGH);
table_spec!(DOCUMENTS, "documents", DAY, GROUP, COUNT, LOW, HIGH);
table_spec!(CURVE, "curve", K, GROUP, SHARE, LOW, HIGH);
table_spec!(PAIR, "pair", LABEL, RATE_LEFT, RATE_RIGHT);
table_spec!(VOLCANO, "volcano", LABEL, LOG, Q);
table_spec!(PLACES, "places", LABEL, GROUP, PLACE_X, PLACE_Y);

/// Numbers between 0 and 1 that look random and are the same every time.
pub struct Made(pub u64);

impl Made {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal, mean 0, deviation 1.
    pub fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}

pub const TERMS: [&str; 32] = [
    "harbour",
    "ferry",
    "strike",
    "council",
    "budget",
    "flood",
    "prime minister",
    "hospital waiting list",
    "inflation",
    "refugees",
    "ceasefire",
    "election",
    "heatwave",
    "school",
    "police",
    "referendum",
    "nuclear",
    "fishermen",
    "wind farm",
    "bridge",
    "mayor",
    "asylum seekers",
    "Kyiv",
    "storm",
    "tariff",
    "vaccine",
    "housing",
    "railway",
    "interest rate",
    "museum",
    "drought",
    "festival",
];
pub const OUTLETS: [&str; 18] = [
    "The Harbour Times",
    "Northern Echo",
    "Daily Ledger",
    "Island Post",
    "Morning Herald",
    "Evening Standard-Bearer",
    "Coast Radio News",
    "The Observer of the Islands",
    "Capital Gazette",
    "Metro",
    "Financial Courier",
    "People's Voice",
    "The Standard",
    "Weekly Review",
    "City Press",
    "Sunday Dispatch",
    "Free Tribune",
    "Public Broadcasting Service",
];
pub const TOPICS: [&str; 20] = [
    "ferry, harbour, strike",
    "council, budget, tax",
    "flood, storm, coast",
    "hospital, nurses, wait",
    "inflation, rate, bank",
    "refugees, border, asylum",
    "election, poll, vote",
    "school, teacher, pupils",
    "police, court, trial",
    "wind farm, grid, energy",
    "bridge, road, traffic",
    "fish, quota, boats",
    "museum, festival, art",
    "football, league, goal",
    "housing, rent, tenants",
    "rail, train, delay",
    "vaccine, virus, health",
    "tariff, trade, export",
    "drought, farm, crop",
    "data, phone, privacy",
];
