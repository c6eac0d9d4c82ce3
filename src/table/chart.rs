//! Charts as descriptions: which columns of which table are drawn how. The drawing is the chart room's.

/// A chart that an analysis asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// File name without extension: lower case, `_` and `-`; distinct within a report.
    pub name: String,
    /// The finding as a headline.
    pub title: String,
    /// Unit, n, what is shown.
    pub subtitle: String,
    /// Source and method, for the footer.
    pub footer: String,
    /// The table whose columns are drawn.
    pub table: &'static str,
    /// The rows to draw, in order; `None` for all.
    pub rows: Option<Vec<usize>>,
    /// How.
    pub mark: Mark,
}

/// The ways to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Horizontal bars or interval dots.
    Bars(Bars),
    /// Lines over time or numbers.
    Lines(Lines),
    /// Coloured cells with numbers.
    Heatmap(Heatmap),
    /// Points with labels.
    Points(Points),
    /// A tree of merges.
    Dendrogram(Dendrogram),
    /// Words to both sides, by what they contribute to a difference.
    WordShift(WordShift),
    /// Ticks over time, a row a group.
    Strips(Strips),
    /// Things in a ring, with lines between those that belong together.
    Network(Network),
}

/// One bar (or dot with interval) a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Text column that names the bar.
    pub label: &'static str,
    /// Number column: the bar's length.
    pub value: &'static str,
    /// Columns of the interval's ends, if it has one.
    pub interval: Option<(&'static str, &'static str)>,
    /// Text column that gives the colour (usually `group`), if any. With several rows a label, bars are stacked or
    /// side by side.
    pub series: Option<&'static str>,
    /// Rows of one label are parts of a whole: draw them stacked.
    pub stacked: bool,
}

/// Lines: one a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// Date or number column.
    pub x: &'static str,
    /// Number column.
    pub y: &'static str,
    /// Columns of the interval's ends, drawn as a band.
    pub interval: Option<(&'static str, &'static str)>,
    /// Text column that names the line.
    pub series: Option<&'static str>,
}

/// A grid of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Heatmap {
    /// Text column of the rows.
    pub row: &'static str,
    /// Text column of the columns.
    pub column: &'static str,
    /// Number column of the cells.
    pub value: &'static str,
    /// Whether the scale has two sides around 0 (differences) or one (shares, counts).
    pub diverging: bool,
}

/// A scatter plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Number columns.
    pub x: &'static str,
    /// Number columns.
    pub y: &'static str,
    /// Text column that labels points (as many as fit without overlap, in row order).
    pub label: Option<&'static str>,
    /// Text column that gives the colour.
    pub series: Option<&'static str>,
    /// The value of `series` whose points stay grey: those of which there is nothing to say.
    pub muted: Option<&'static str>,
    /// Logarithmic axes.
    pub logarithmic: bool,
    /// Text column: the rows that share a value are enclosed by an outline; empty cells are outside.
    pub outline: Option<&'static str>,
}

/// A tree of merges: one row a merge, each after those that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Dendrogram {
    /// Whole-number column: the merge's number, distinct.
    pub merge: &'static str,
    /// The first branch: a text column with the name of a single thing, and a whole-number column with the number of an
    /// earlier merge. Exactly one of the two has a value.
    pub first: (&'static str, &'static str),
    /// The second branch, likewise.
    pub second: (&'static str, &'static str),
    /// Number column: the distance at which the two meet, not below those of the merges that it joins.
    pub height: &'static str,
}

/// A word-shift graph: one bar a row, to the left or to the right, with the running total beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordShift {
    /// Text column that names the bar.
    pub label: &'static str,
    /// Number column: the bar's length.
    pub value: &'static str,
    /// Text column that tells the side, for values without a sign of their own: `less` goes left, everything else right.
    /// Without it the sign decides.
    pub direction: Option<&'static str>,
    /// What stands over the left side and over the right one.
    pub sides: (String, String),
    /// Number column: the running total.
    pub cumulative: &'static str,
    /// Yes-or-no column of rows to draw hollow, such as function words.
    pub hollow: Option<&'static str>,
}

/// Dispersion strips: a row a group (and a panel a label), a tick for each day on which something was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Strips {
    /// Text column of the panels, such as words.
    pub panel: &'static str,
    /// Text column of the rows.
    pub row: &'static str,
    /// Date or number column.
    pub x: &'static str,
    /// Whole-number column: documents at that place.
    pub all: &'static str,
    /// Whole-number column: those that hold it; 0 draws the place only.
    pub found: &'static str,
}

/// A network: one row a link between two things, the most telling ones first.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Text columns of the first thing: its name, and its kind, which gives the colour.
    pub first: (&'static str, &'static str),
    /// The same of the second thing.
    pub second: (&'static str, &'static str),
    /// Number column: the strength of the link, above 0, which gives the line's width.
    pub weight: &'static str,
}
