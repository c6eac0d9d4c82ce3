//! What each verb does.

use super::command::typed;
use super::progress::{Shown, catch_interrupts};
use super::sample::Sample;
use super::{inspect, print, printable, tagging};
use crate::analyses::{self, ANALYSES, AnalysisEntry};
use crate::config::{ConfigFile, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::export::{ExportOptions, TableFormat, write_table};
use crate::pipeline::{Dressing, Plan, Published, Run, plan, prepare_folder, publish_report, publish_tables, run as run_plan, use_threads};
use crate::table::format::thousands;
use clap::ArgMatches;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Runs the verb that `matches` names.
pub(super) fn run(matches: &ArgMatches) -> Result<()> {
    let Some((verb, matches)) = matches.subcommand() else { return Err(Error::usage("no verb").hint("try `headword --help`")) };
    if let Some(outcome) = tagging::run(verb, matches) {
        return outcome;
    }
    let order = Order::read(matches)?;
    match verb {
        "report" => report(&order),
        "inspect" => inspect_inputs(&order),
        name => match analyses::find(name) {
            Some(entry) => analysis(&order, entry),
            None => Err(Error::usage(format!("there is no verb `{name}`")).hint("see `headword --help`")),
        },
    }
}

/// What was asked for.
struct Order {
    settings: Settings,
    quiet: bool,
    /// The sample's file must live until the run has ended.
    sample: Option<Sample>,
}

impl Order {
    fn read(matches: &ArgMatches) -> Result<Self> {
        let file = match matches.get_one::<String>("config") {
            Some(path) => read_config(path)?,
            None => ConfigFile::default(),
        };
        let mut inputs: Vec<PathBuf> = matches.get_many::<String>("inputs").into_iter().flatten().map(PathBuf::from).collect();
        let sample = if matches.get_flag("sample") {
            if !inputs.is_empty() {
                return Err(Error::usage("`--sample` and inputs together").hint("leave one of them out"));
            }
            let sample = Sample::unpack()?;
            inputs.push(sample.path());
            Some(sample)
        } else {
            None
        };
        let settings = Settings::gather(inputs, &file, |section, name| typed(matches, section, name))?;
        Ok(Self { settings, quiet: matches.get_flag("quiet"), sample })
    }

    fn export(&self) -> ExportOptions {
        ExportOptions {
            excel: self.settings.run.flag("excel"),
            decimal_comma: self.settings.run.flag("decimal-comma"),
            ..ExportOptions::default()
        }
    }

    /// The folder a report goes to when `--out` is not given.
    fn default_folder(&self) -> PathBuf {
        let name = match (&self.sample, self.settings.inputs.first()) {
            (Some(_), _) => "sample".to_owned(),
            (None, Some(path)) => {
                let full = path.canonicalize().unwrap_or_else(|_| path.clone());
                let name = full.file_name().map_or_else(|| "report".to_owned(), |name| name.to_string_lossy().into_owned());
                name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("report").to_owned()
            }
            (None, None) => "report".to_owned(),
        };
        Path::new("reports").join(name)
    }

    fn title(&self) -> String {
        let given = self.settings.run.text("title").map(str::to_owned);
        given.unwrap_or_else(|| {
            let name = self.default_folder().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if self.sample.is_some() { "Four outlets of the harbour region".to_owned() } else { format!("Report on {name}") }
        })
    }
}

fn read_config(path: &str) -> Result<ConfigFile> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Error::configuration(format!("can't read the configuration `{path}`: {error}")).hint("give an existing TOML file with `--config`")
    })?;
    ConfigFile::parse(&text).map_err(|error| error.context(format!("`{path}`")))
}

fn carry_out(order: &Order, plan: &Plan) -> Result<Run> {
    catch_interrupts();
    use_threads(plan.threads);
    let progress = Shown::new(order.quiet);
    let outcome = run_plan(plan, &progress);
    progress.finish();
    outcome
}

/// Results are written first: too many rejects are told by the exit code.
fn check_rejects(run: &Run, plan: &Plan) -> Result<()> {
    let rejects = run.corpus.notes.rejects.len() as u64;
    if rejects <= plan.max_rejects {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::TooManyRejects,
        format!("{rejects} rows or files could not be used, more than the {} allowed", plan.max_rejects),
    )
    .hint("see rejects.csv, or allow more with `--max-rejects`"))
}

fn report(order: &Order) -> Result<()> {
    let plan = plan(&order.settings, ANALYSES)?;
    let folder = order.settings.run.text("out").map_or_else(|| order.default_folder(), PathBuf::from);
    prepare_folder(&folder)?;
    let run = carry_out(order, &plan)?;
    let dressing = Dressing { title: order.title(), author: order.settings.run.text("author").map(str::to_owned) };
    let published = publish_report(&run, &plan, &folder, &dressing, &order.export())?;
    if !order.quiet {
        print(&summary(&run, &published))?;
    }
    check_rejects(&run, &plan)
}

/// The closing words of a report: where it is, what it holds, the five findings worth reading first.
fn summary(run: &Run, published: &Published) -> String {
    let seconds: f64 = run.counting_seconds + run.sections.iter().map(|section| section.seconds).sum::<f64>();
    let mut text = format!(
        "{} documents, {} words, {} tables, {} charts in {seconds:.1} s\n",
        thousands(run.corpus.documents.len() as u64),
        thousands(run.corpus.group_terms.total_words()),
        published.tables,
        published.charts
    );
    let rejects = run.corpus.notes.rejects.len();
    if rejects > 0 {
        text.push_str(&format!("{rejects} rows or files could not be used: {}\n", published.folder.join("rejects.csv").display()));
    }
    text.push_str("\nFindings worth reading first:\n");
    for (number, finding) in published.findings.iter().take(5).enumerate() {
        text.push_str(&format!("  {}. {}\n", number + 1, printable(&finding.sentence)));
    }
    text.push_str(&format!("\nThe page: {}\n", published.folder.join("report.html").display()));
    text
}

fn inspect_inputs(order: &Order) -> Result<()> {
    let plan = plan(&order.settings, &[])?;
    let run = carry_out(order, &plan)?;
    print(&printable(&inspect::describe(&run.corpus)))?;
    check_rejects(&run, &plan)
}

fn analysis(order: &Order, entry: &'static AnalysisEntry) -> Result<()> {
    let plan = plan(&order.settings, &[entry])?;
    let format = format_of(order.settings.run.choice("format"), order.settings.run.text("out").is_some())?;
    if let Some(folder) = order.settings.run.text("out").map(PathBuf::from) {
        prepare_folder(&folder)?;
        let run = carry_out(order, &plan)?;
        let published = publish_tables(&run, &plan, &folder, format, &order.export())?;
        if !order.quiet {
            print(&format!("{} tables in {}\n", published.tables, published.folder.display()))?;
        }
        return check_rejects(&run, &plan);
    }
    let run = carry_out(order, &plan)?;
    let output = run.sections.first().map(|section| &section.output);
    let Some(table) = output.and_then(|output| output.tables.first()) else {
        let reasons = output.map_or(String::new(), |output| output.notes.join("; "));
        return Err(Error::input(format!("`{}` has no result for this corpus", entry.name)).hint(reasons));
    };
    print_table(table, format, &order.export())?;
    let outcome = check_rejects(&run, &plan);
    // The process ends here; giving back millions of small pieces of memory one by one would only take time.
    std::mem::forget(run);
    outcome
}

fn format_of(choice: &str, to_files: bool) -> Result<TableFormat> {
    match choice {
        "auto" if !to_files && std::io::stdout().is_terminal() => Ok(TableFormat::Terminal),
        "auto" => Ok(TableFormat::Csv),
        name => TableFormat::named(name),
    }
}

fn print_table(table: &crate::table::Table, format: TableFormat, options: &ExportOptions) -> Result<()> {
    let width = console_width();
    let rows = (format == TableFormat::Terminal).then_some(40);
    let options = ExportOptions { width, rows, ..*options };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match write_table(table, format, &options, &mut out) {
        // `head` closing the pipe early is no failure.
        Err(error) if error.to_string().contains("Broken pipe") => Ok(()),
        other => other,
    }
}

fn console_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width >= 40).unwrap_or(120)
}
