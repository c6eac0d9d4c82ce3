//! What each verb does.

use super::command::typed;
use super::progress::{Shown, catch_interrupts, set_writing, tell};
use super::report::report;
use super::sample::Sample;
use super::terminal::console_width;
use super::{compare, init, inspect, print, printable, reference, shell, tagging};
use crate::analyses::{self, AnalysisEntry, Context};
use crate::config::{CONFIG_NAME, ConfigFile, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::export::{ExportOptions, TableFormat, write_table};
use crate::pipeline::{
    Dressing, Forms, Plan, Publication, Run, digest_inputs, on_run_threads, plan, prepare_folder, publish_tables, run as run_plan,
    use_threads,
};
use clap::ArgMatches;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Runs the verb that `matches` names.
pub(super) fn run(matches: &ArgMatches) -> Result<()> {
    let Some((verb, matches)) = matches.subcommand() else { return Err(Error::usage("no verb").hint("try `headword --help`")) };
    if let Some(outcome) = tagging::run(verb, matches).or_else(|| shell::run(verb, matches)).or_else(|| reference::run(verb, matches)) {
        return outcome;
    }
    if verb == "init" {
        return init::run(matches);
    }
    if verb == "compare" {
        return compare::run(matches);
    }
    let order = Order::read(matches)?;
    match verb {
        "report" => report(&order, matches.get_flag("force")),
        "inspect" => inspect_inputs(&order),
        name => match analyses::find(name) {
            Some(entry) => analysis(&order, entry),
            None => Err(Error::usage(format!("there is no verb `{name}`")).hint("see `headword --help`")),
        },
    }
}

/// What was asked for.
pub(super) struct Order {
    pub(super) settings: Settings,
    pub(super) quiet: bool,
    /// The sample's file must live until the run has ended.
    sample: Option<Sample>,
}

impl Order {
    fn read(matches: &ArgMatches) -> Result<Self> {
        let inputs = matches.get_many::<String>("inputs").into_iter().flatten().map(PathBuf::from).collect();
        Self::with_inputs(matches, inputs)
    }

    /// What was asked for, of `inputs`.
    pub(super) fn with_inputs(matches: &ArgMatches, mut inputs: Vec<PathBuf>) -> Result<Self> {
        let quiet = matches.get_flag("quiet");
        let is_sample = matches.get_flag("sample");
        let file = match matches.get_one::<String>("config") {
            Some(path) => read_config(Path::new(path))?,
            // A file that lies here is about the user's own data, not about the sample.
            None if !is_sample && Path::new(CONFIG_NAME).is_file() => {
                if !quiet {
                    // A courtesy: a closed stderr must not end the run.
                    let _ = writeln!(std::io::stderr().lock(), "headword: settings from {CONFIG_NAME}");
                }
                read_config(Path::new(CONFIG_NAME))?
            }
            None => ConfigFile::default(),
        };
        let sample = if is_sample {
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
        Ok(Self { settings, quiet, sample })
    }

    pub(super) fn export(&self) -> ExportOptions {
        Forms::new(&self.settings.run).csv
    }

    /// The folder a report goes to when `--out` is not given.
    pub(super) fn default_folder(&self) -> PathBuf {
        Path::new("reports").join(if self.sample.is_some() { "sample".to_owned() } else { default_name(&self.settings.inputs) })
    }

    /// The title of a report for which none is given.
    pub(super) fn title(&self) -> String {
        match self.sample {
            Some(_) => "Four outlets of the harbour region".to_owned(),
            None => format!("Report on {}", default_name(&self.settings.inputs)),
        }
    }
}

/// A name for a report of `inputs`: the first one's without extension.
pub(super) fn default_name(inputs: &[PathBuf]) -> String {
    let Some(path) = inputs.first() else { return "report".to_owned() };
    let full = path.canonicalize().unwrap_or_else(|_| path.clone());
    let name = full.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("report").to_owned()
}

fn read_config(path: &Path) -> Result<ConfigFile> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Error::configuration(format!("can't read the configuration `{}`: {error}", path.display()))
            .hint("give an existing TOML file with `--config`")
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    ConfigFile::parse(&text, folder).map_err(|error| error.context(format!("`{}`", path.display())))
}

/// Carries out `plan` and takes the progress bar away.
pub(super) fn carry_out(plan: &Plan, quiet: bool) -> Result<Run> {
    let shown = Shown::new(quiet);
    let outcome = carry_out_with(plan, &shown);
    shown.finish();
    outcome
}

/// Carries out `plan`; the progress bar stays for what follows.
pub(super) fn carry_out_with(plan: &Plan, shown: &Shown) -> Result<Run> {
    let outcome = run_without_remarks(plan, shown);
    match &outcome {
        // What was guessed, left out and repaired is told even to those who don't open the report.
        Ok(run) => inspect::remarks(&run.corpus).iter().for_each(|remark| shown.note(&printable(remark))),
        Err(_) => shown.finish(),
    }
    outcome
}

fn run_without_remarks(plan: &Plan, shown: &Shown) -> Result<Run> {
    catch_interrupts();
    use_threads(plan.threads);
    run_plan(plan, shown)
}

/// Results are written first: too many rejects are told by the exit code.
pub(super) fn check_rejects(run: &Run, plan: &Plan) -> Result<()> {
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

fn inspect_inputs(order: &Order) -> Result<()> {
    let plan = plan(&order.settings, &[])?;
    // Its remarks are the result here.
    let shown = Shown::new(order.quiet);
    let outcome = run_without_remarks(&plan, &shown);
    shown.finish();
    let run = outcome?;
    print(&printable(&inspect::describe(&run.corpus)))?;
    check_rejects(&run, &plan)
}

fn analysis(order: &Order, entry: &'static AnalysisEntry) -> Result<()> {
    let plan = plan(&order.settings, &[entry])?;
    analysis_of(order, entry, &plan)
}

/// Carries out `plan`, which is of one analysis, and writes or prints its tables.
pub(super) fn analysis_of(order: &Order, entry: &'static AnalysisEntry, plan: &Plan) -> Result<()> {
    let format = format_of(order.settings.run.choice("format"), order.settings.run.text("out").is_some())?;
    if let Some(folder) = order.settings.run.text("out").map(PathBuf::from) {
        prepare_folder(&folder)?;
        // Inputs are hashed while they are counted; a run that fails doesn't wait for it.
        let hashed = plan.clone();
        let hashing = std::thread::spawn(move || digest_inputs(&hashed));
        let shown = Shown::new(order.quiet);
        let run = carry_out_with(plan, &shown)?;
        let inputs = hashing.join().map_err(|_| Error::internal("hashing the inputs panicked"))??;
        let dressing = Dressing::new(&order.settings.run, format!("{}: {}", entry.title, default_name(&order.settings.inputs)))?;
        let forms = Forms::new(&order.settings.run);
        set_writing(true);
        let published =
            publish_tables(&run, plan, &Publication { folder: &folder, inputs: &inputs, forms, dressing, progress: &shown }, format);
        set_writing(false);
        shown.finish();
        let published = published?;
        if !order.quiet {
            print(&format!("{} tables in {}\n", published.tables, published.folder.display()))?;
        }
        return check_rejects(&run, plan);
    }
    let plan = &Plan { context: Context { main_table_only: true, ..plan.context }, ..plan.clone() };
    let run = carry_out(plan, order.quiet)?;
    let output = run.sections.first().map(|section| &section.output);
    let Some(table) = output.and_then(|output| output.tables.first()) else {
        let reasons = output.map_or(String::new(), |output| output.notes.join("; "));
        return Err(Error::input(format!("`{}` has no result for this corpus", entry.name)).hint(reasons));
    };
    print_table(table, format, &order.export(), Some(40))?;
    if !order.quiet && analyses::ASIDE.iter().any(|aside| aside.name == entry.name) {
        // A clock's reading is no result: it goes to the terminal beside it.
        let seconds: f64 = run.counting_seconds + run.sections.iter().map(|section| section.seconds).sum::<f64>();
        tell(&format!("time: {seconds:.2} s, of which reading and counting {:.2} s", run.counting_seconds));
    }
    let outcome = check_rejects(&run, plan);
    // The process ends here; giving back millions of small pieces of memory one by one would only take time.
    std::mem::forget(run);
    outcome
}

pub(super) fn format_of(choice: &str, to_files: bool) -> Result<TableFormat> {
    match choice {
        "auto" if !to_files && std::io::stdout().is_terminal() => Ok(TableFormat::Terminal),
        "auto" => Ok(TableFormat::Csv),
        name => TableFormat::named(name),
    }
}

/// Prints `table` to stdout, at most `rows` of it on a terminal.
pub(super) fn print_table(table: &crate::table::Table, format: TableFormat, options: &ExportOptions, rows: Option<usize>) -> Result<()> {
    let width = console_width();
    let rows = rows.filter(|_| format == TableFormat::Terminal);
    let options = ExportOptions { width, rows, ..*options };
    let outcome = on_run_threads(|| write_table(table, format, &options, &mut std::io::BufWriter::new(std::io::stdout().lock())));
    match outcome {
        // `head` closing the pipe early is no failure.
        Err(error) if error.to_string().contains("Broken pipe") => Ok(()),
        other => other,
    }
}
