//! Which column of a table plays which role, guessed from usual names or set by the user.

use super::options::{ColumnNames, MAX_FIELD_BYTES};
use crate::error::{Error, Result, nearest};
use std::sync::Arc;

/// A part of a document that a column may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Title,
    Outlet,
    Date,
    Url,
    Id,
}

impl Role {
    pub(super) const ALL: [Self; 6] = [Self::Text, Self::Title, Self::Outlet, Self::Date, Self::Url, Self::Id];

    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Url => "url",
            Self::Id => "id",
        }
    }

    /// Usual names, the likeliest first.
    fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "body",
                "content",
                "article",
                "full_text",
                "fulltext",
                "article_text",
                "articletext",
                "article_body",
                "articlebody",
                "main_text",
                "maintext",
                "body_text",
                "bodytext",
                "plain_text",
                "plaintext",
                "document",
                "story",
                "clean_text",
                "raw_text",
                "content_text",
                "article_content",
            ],
            Self::Title => &["title", "headline", "head", "heading", "article_title", "page_title", "header", "hed"],
            Self::Outlet => &[
                "outlet",
                "source",
                "publisher",
                "publication",
                "newspaper",
                "outlet_name",
                "source_name",
                "publication_name",
                "publisher_name",
                "news_outlet",
                "news_source",
                "media",
                "media_name",
                "medium",
                "site",
                "site_name",
                "website",
                "domain",
                "paper",
            ],
            Self::Date => &[
                "date",
                "published",
                "pubdate",
                "pub_date",
                "publish_date",
                "published_date",
                "publication_date",
                "date_published",
                "datepublished",
                "published_at",
                "publishedat",
                "date_publish",
                "publish_time",
                "published_time",
                "datetime",
                "date_time",
                "timestamp",
                "created_at",
                "created_utc",
                "created",
                "time",
            ],
            Self::Url => &["url", "link", "href", "address", "permalink", "article_url", "uri", "web_url", "weburl"],
            Self::Id => &["id", "doc_id", "docid", "document_id", "article_id", "articleid", "uid", "uuid", "guid", "key", "_id"],
        }
    }

    fn set_by(self, names: &ColumnNames) -> Option<&str> {
        match self {
            Self::Text => names.text.as_deref(),
            Self::Title => names.title.as_deref(),
            Self::Outlet => names.outlet.as_deref(),
            Self::Date => names.date.as_deref(),
            Self::Url => names.url.as_deref(),
            Self::Id => names.id.as_deref(),
        }
    }
}

/// The role of a front-matter key or a metadata column, by its usual names.
pub(super) fn usual_role(key: &str) -> Option<Role> {
    let key = field_name(key);
    Role::ALL.into_iter().find(|role| role.usual_names().contains(&key.as_str()))
}

/// A column's name as a metadata field: lower case, blanks as underscores.
pub fn field_name(column: &str) -> String {
    column.trim().trim_start_matches('\u{feff}').to_lowercase().split(|c: char| c.is_whitespace() || c == '-').collect::<Vec<_>>().join("_")
}

/// Rows looked at before columns are decided on.
pub(super) const SAMPLE_ROWS: usize = 200;

/// A column as seen in the first rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ColumnSample {
    pub(super) name: String,
    /// The longest value in bytes among the rows looked at.
    pub(super) longest: usize,
}

/// What to do with a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Use {
    /// It plays this role; if a name is given, it is wanted as a field under its own name as well.
    Role(Role, Option<Arc<str>>),
    /// It is a metadata field of this name; `true` if it is kept whatever its length.
    Field(Arc<str>, bool),
    /// It is prose and no label.
    Skip,
}

/// The columns of a table and their uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schema {
    pub(super) columns: Vec<(String, Use)>,
    guessed: Vec<Role>,
}

impl Schema {
    /// Decides on the columns of `file`.
    ///
    /// # Errors
    /// A usage error for a column that the user named and the table lacks, and an input error if no column looks like the text;
    /// both with the nearest name.
    pub(super) fn decide(file: &str, samples: &[ColumnSample], names: &ColumnNames, required: &[String]) -> Result<Self> {
        let keys: Vec<String> = samples.iter().map(|sample| field_name(&sample.name)).collect();
        let mut roles: Vec<Option<Role>> = vec![None; samples.len()];
        let mut guessed = Vec::new();
        for role in Role::ALL {
            if let Some(name) = role.set_by(names) {
                let position = position_of(samples, name).ok_or_else(|| unknown_column(file, name, samples))?;
                roles[position] = Some(role);
            }
        }
        for role in Role::ALL {
            if roles.contains(&Some(role)) {
                continue;
            }
            let found = role.usual_names().iter().find_map(|usual| (0..keys.len()).find(|&i| keys[i] == *usual && roles[i].is_none()));
            if let Some(position) = found {
                roles[position] = Some(role);
                guessed.push(role);
            }
        }
        if !roles.contains(&Some(Role::Text)) {
            return Err(no_text_column(file, samples));
        }
        for name in required {
            let key = field_name(name);
            let is_role = roles.iter().flatten().any(|role| *role == Role::Outlet && key == "outlet");
            if !is_role && !keys.contains(&key) {
                return Err(unknown_column(file, name, samples));
            }
        }
        let columns = samples
            .iter()
            .zip(keys)
            .zip(roles)
            .map(|((sample, key), role)| {
                let is_required = required.iter().any(|name| field_name(name) == key);
                let usage = match role {
                    Some(role) => Use::Role(role, (is_required && role.name() != key).then(|| key.as_str().into())),
                    None if key.is_empty() || (sample.longest > MAX_FIELD_BYTES && !is_required) => Use::Skip,
                    None => Use::Field(key.as_str().into(), is_required),
                };
                (sample.name.clone(), usage)
            })
            .collect();
        Ok(Self { columns, guessed })
    }

    /// A table without columns.
    pub(super) fn empty() -> Self {
        Self { columns: Vec::new(), guessed: Vec::new() }
    }

    /// Whether `name` is a usual name of the text.
    pub(super) fn is_text_name(name: &str) -> bool {
        Role::Text.usual_names().contains(&field_name(name).as_str())
    }

    /// What to do with the column called `name`; a column that the first rows did not have becomes a field.
    pub(super) fn usage(&self, name: &str) -> Option<&Use> {
        self.columns.iter().find(|(column, _)| column == name).map(|(_, usage)| usage)
    }

    /// Which column plays which part, as (part, column).
    pub(super) fn parts(&self) -> Vec<(&'static str, &str)> {
        let column_of = |role: Role| self.columns.iter().find(|(_, usage)| matches!(usage, Use::Role(given, _) if *given == role));
        Role::ALL.into_iter().filter_map(|role| column_of(role).map(|(column, _)| (role.name(), column.as_str()))).collect()
    }

    /// `text = `body` (guessed), outlet = `paper`` and the fields, for people.
    pub(super) fn remark(&self) -> String {
        let mut parts = Vec::new();
        for role in Role::ALL {
            if let Some((column, _)) = self.columns.iter().find(|(_, usage)| matches!(usage, Use::Role(given, _) if *given == role)) {
                let guessed = if self.guessed.contains(&role) { " (guessed)" } else { "" };
                parts.push(format!("{} = `{column}`{guessed}", role.name()));
            }
        }
        let fields: Vec<String> = self
            .columns
            .iter()
            .filter_map(|(_, usage)| if let Use::Field(name, _) = usage { Some(format!("`{name}`")) } else { None })
            .collect();
        if !fields.is_empty() {
            parts.push(format!("fields {}", fields.join(", ")));
        }
        let skipped: Vec<String> = self
            .columns
            .iter()
            .filter(|(column, usage)| *usage == Use::Skip && !column.trim().is_empty())
            .map(|(column, _)| format!("`{column}`"))
            .collect();
        if !skipped.is_empty() {
            parts.push(format!("left out {} (longer than {MAX_FIELD_BYTES} bytes)", skipped.join(", ")));
        }
        parts.join(", ")
    }
}

/// Where the column that the user called `name` is: by exact name, else without regard to case.
fn position_of(samples: &[ColumnSample], name: &str) -> Option<usize> {
    samples
        .iter()
        .position(|sample| sample.name == name)
        .or_else(|| samples.iter().position(|sample| field_name(&sample.name) == field_name(name)))
}

fn unknown_column(file: &str, name: &str, samples: &[ColumnSample]) -> Error {
    let error = Error::usage(format!("`{file}` has no column `{name}`"));
    match nearest(name, samples.iter().map(|sample| sample.name.as_str())) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("its columns are {}", listed(samples))),
    }
}

fn no_text_column(file: &str, samples: &[ColumnSample]) -> Error {
    let error = Error::input(format!("no column of `{file}` looks like the text; its columns are {}", listed(samples)));
    let longest = samples.iter().rev().max_by_key(|sample| sample.longest).filter(|sample| sample.longest > 0);
    match longest {
        Some(sample) => error.hint(format!("name it with `--text-column`, perhaps `--text-column {}`", sample.name)),
        None => error.hint("name it with `--text-column`"),
    }
}

fn listed(samples: &[ColumnSample]) -> String {
    if samples.is_empty() {
        return "none".into();
    }
    let mut names: Vec<String> = samples.iter().take(30).map(|sample| format!("`{}`", super::tally::excerpt(&sample.name, 40))).collect();
    if samples.len() > 30 {
        names.push(format!("and {} more", samples.len() - 30));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(columns: &[(&str, usize)]) -> Vec<ColumnSample> {
        columns.iter().map(|(name, longest)| ColumnSample { name: (*name).into(), longest: *longest }).collect()
    }

    #[test]
    fn usual_names_are_guessed_without_regard_to_case() {
        let samples = samples(&[
            ("Headline", 60),
            ("PubDate", 10),
            ("Body", 4_000),
            ("Publication", 20),
            ("Party", 8),
            ("Summary", 900),
            ("link", 80),
        ]);
        let schema = Schema::decide("news.csv", &samples, &ColumnNames::default(), &[]).unwrap();
        assert_eq!(
            schema.remark(),
            "text = `Body` (guessed), title = `Headline` (guessed), outlet = `Publication` (guessed), date = `PubDate` (guessed), \
             url = `link` (guessed), fields `party`, left out `Summary` (longer than 200 bytes)"
        );
    }

    #[test]
    fn what_the_user_set_wins_and_leaves_the_usual_name_free() {
        let samples = samples(&[("text", 10), ("story", 3_000), ("source", 10)]);
        let names = ColumnNames { text: Some("STORY".into()), ..ColumnNames::default() };
        let schema = Schema::decide("news.csv", &samples, &names, &[]).unwrap();
        assert_eq!(schema.usage("story"), Some(&Use::Role(Role::Text, None)));
        assert_eq!(schema.usage("text"), Some(&Use::Field("text".into(), false)));
    }

    #[test]
    fn slips_get_the_nearest_name() {
        let samples = samples(&[("body_copy", 900), ("party", 5)]);
        let names = ColumnNames { text: Some("body_cpy".into()), ..ColumnNames::default() };
        let error = Schema::decide("news.csv", &samples, &names, &[]).unwrap_err();
        assert_eq!((error.exit_code(), error.hint_text()), (2, Some("did you mean `body_copy`?")));
        let error = Schema::decide("news.csv", &samples, &ColumnNames::default(), &[]).unwrap_err();
        assert_eq!(error.hint_text(), Some("name it with `--text-column`, perhaps `--text-column body_copy`"));
        let names = ColumnNames { text: Some("body_copy".into()), ..ColumnNames::default() };
        let error = Schema::decide("news.csv", &samples, &names, &["partei".into()]).unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean `party`?"));
    }

    #[test]
    fn a_required_field_is_kept_under_its_own_name_too() {
        let samples = samples(&[("text", 10), ("publication", 10), ("manifesto", 5_000)]);
        let required = ["Publication".to_owned(), "manifesto".to_owned(), "outlet".to_owned()];
        let schema = Schema::decide("news.csv", &samples, &ColumnNames::default(), &required).unwrap();
        assert_eq!(schema.usage("publication"), Some(&Use::Role(Role::Outlet, Some("publication".into()))));
        assert_eq!(schema.usage("manifesto"), Some(&Use::Field("manifesto".into(), true)));
    }
}
