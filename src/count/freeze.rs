//! Freezing: counters together become one corpus whose ids come from sorting, not from arrival.

use super::copies::share_weights;
use super::counter::{CountOptions, Counter, DocumentRow};
use super::documents::documents;
use super::kept::{Kept, take_tokens};
use super::repeated::Repeated;
use super::streaming::{Cell, Scratch};
use crate::corpus::{
    Corpus, DocumentTermMatrix, Documents, Folding, GroupTermMatrix, Groups, Lent, Needs, ReadingNotes, Surfaces, Tokens, Vocabulary,
};
use crate::error::{Error, Result, nearest};
use crate::fold::{Folder, Language, fold};
use crate::maths::order::order_of;
use crate::maths::{both, map_in_order, map_parts};
use crate::memory::{Interner, StringArena};
use std::collections::{BTreeMap, BTreeSet};

/// The group of documents that lack the field.
const WITHOUT: &str = "(none)";

/// What the three depths of counting give; the shallow ones leave tokens and documents × terms out.
struct Counts {
    folding: Folding,
    terms: Vocabulary,
    group_terms: GroupTermMatrix,
    tokens: Option<Tokens>,
    document_terms: Option<DocumentTermMatrix>,
}

/// Makes the corpus of all `counters`; `notes` are what reading had to say.
///
/// # Errors
/// A configuration error if the stated group field is in no document.
pub fn freeze(counters: Vec<Counter>, options: &CountOptions, mut notes: ReadingNotes) -> Result<Corpus> {
    notes.replaced_characters += counters.iter().map(|counter| counter.replaced_characters).sum::<u64>();
    notes.empty_documents += counters.iter().map(|counter| counter.empty_documents).sum::<u64>();
    // Documents are ordered by id; those that share one, by their words, so that file order never matters.
    let mut order: Vec<(usize, usize)> =
        counters.iter().enumerate().flat_map(|(worker, counter)| (0..counter.rows.len()).map(move |row| (worker, row))).collect();
    let row = |&(worker, index): &(usize, usize)| -> &DocumentRow { &counters[worker].rows[index] };
    order.sort_by(|a, b| {
        let key = |place| {
            let row = row(place);
            (&row.id, row.fingerprint, row.date, &row.title)
        };
        key(a).cmp(&key(b))
    });
    let groups = groups(&counters, &order, options)?;
    let language = options.language.clone().unwrap_or_else(|| most_frequent_language(order.iter().map(row)));
    let folder = Folder::new(&options.fold, &language);
    let (((mut surfaces, ranks), merged), (mut documents, repeated, described)) = both(
        || (merge_surfaces(&counters), merge_terms(&counters)),
        || {
            let repeated = Repeated::find(&counters, &order, &groups);
            let described = repeated.describe(&counters, &order, &groups);
            (documents(&counters, &order, options, &mut notes), repeated, described)
        },
    );
    notes.repeated_lines = described?;
    let mut counters = counters;
    let counts = if counters.iter().any(|counter| counter.streaming.is_some()) {
        if !repeated.is_empty() {
            leave_out(&mut counters, &order, &groups, &repeated, &mut documents)?;
        }
        let (terms, group_terms) = merge_streamed(&mut counters, merged, &groups, &folder);
        let folding = folder.folding(Vec::new());
        Counts { folding, terms, group_terms, tokens: None, document_terms: None }
    } else {
        map_parts(counters.iter_mut().zip(&ranks).collect(), |(counter, ranks): (&mut Counter, &Vec<u32>)| counter.renumber(ranks));
        let kept = Kept { counters: &counters, order: &order, groups: &groups, repeated: &repeated };
        kept.recount(&mut surfaces, &mut documents);
        if options.needs == Needs::GROUP_COUNTS {
            let (folding, mut terms) = fold(&surfaces, &folder);
            let group_terms = kept.group_terms(&folding, &documents, &mut terms);
            Counts { folding, terms, group_terms, tokens: None, document_terms: None }
        } else {
            let ((folding, mut terms), tokens) =
                both(|| fold(&surfaces, &folder), || take_tokens(&mut counters, &order, &groups, &repeated));
            let matrix = DocumentTermMatrix::count(&tokens, &folding.term_of_surface, terms.len() as u32);
            let group_terms = GroupTermMatrix::sum(&matrix, &groups, &documents.words);
            for document in 0..documents.len() {
                let row = matrix.rows.row(document).0;
                row.iter().for_each(|&term| terms.documents[term as usize] += 1);
                documents.types[document] = row.len() as u32;
            }
            if options.wire_weights {
                notes.remarks.push(share_weights(&tokens, &folding, &mut documents));
            }
            let tokens = options.needs.has(Needs::TOKENS).then_some(tokens);
            Counts { folding, terms, group_terms, tokens, document_terms: Some(matrix) }
        }
    };
    let texts = options
        .needs
        .has(Needs::TEXTS)
        .then(|| order.iter().map(|&(worker, row)| std::mem::take(&mut counters[worker].rows[row].text)).collect());
    map_parts(counters, drop);
    let Counts { folding, terms, group_terms, tokens, document_terms } = counts;
    let lent = Lent::default();
    Ok(Corpus { documents, groups, surfaces, tokens, folding, terms, document_terms, group_terms, texts, language, notes, lent })
}

fn most_frequent_language<'a>(rows: impl Iterator<Item = &'a DocumentRow>) -> String {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for row in rows.filter(|row| Language::find(row.language).is_some()) {
        *counts.entry(row.language).or_default() += 1;
    }
    let best = counts.iter().max_by_key(|(code, count)| (**count, std::cmp::Reverse(**code)));
    best.map_or(String::new(), |(code, _)| (*code).to_owned())
}

/// The groups, and why there is nothing to compare if there are fewer than two.
fn groups(counters: &[Counter], order: &[(usize, usize)], options: &CountOptions) -> Result<Groups> {
    let field = options.group_field.as_str();
    let value = |&(worker, row): &(usize, usize)| group_value(&counters[worker], &counters[worker].rows[row], field);
    let values: Vec<Option<String>> = order.iter().map(value).collect();
    let names: BTreeSet<&str> = values.iter().flatten().map(String::as_str).collect();
    if names.is_empty() {
        if options.group_field_is_stated && !order.is_empty() {
            return Err(unknown_group_field(counters, field));
        }
        return Ok(Groups {
            field: String::new(),
            names: vec!["all".to_owned()],
            of_document: vec![0; order.len()],
            absence: Some(format!(
                "no document has a field `{field}`, so there are no groups to compare; put each outlet's articles in a folder of its own or name a field with `--by`"
            )),
        });
    }
    let lacking = values.iter().any(Option::is_none);
    let names: Vec<String> =
        names.into_iter().map(str::to_owned).chain(lacking.then(|| WITHOUT.to_owned())).collect::<BTreeSet<_>>().into_iter().collect();
    if names.len() > usize::from(u16::MAX) {
        return Err(Error::configuration(format!("`--by {field}` makes {} groups", names.len())).hint("name a field with fewer values"));
    }
    let of_document = values
        .iter()
        .map(|value| names.binary_search_by(|name| name.as_str().cmp(value.as_deref().unwrap_or(WITHOUT))).unwrap_or(0) as u16)
        .collect();
    let absence = (names.len() < 2).then(|| format!("all documents have the same {field}, `{}`, so there is nothing to compare", names[0]));
    Ok(Groups { field: field.to_owned(), names, of_document, absence })
}

fn unknown_group_field(counters: &[Counter], field: &str) -> Error {
    let known: BTreeSet<String> = counters
        .iter()
        .flat_map(|counter| counter.rows.iter().flat_map(|row| row.fields.iter().map(|(name, _)| counter.names.get(*name).to_owned())))
        .chain(["year", "month", "language"].map(str::to_owned))
        .collect();
    let error = Error::configuration(format!("no document has a field `{field}`"));
    match nearest(field, known.iter().map(String::as_str)) {
        Some(name) => error.hint(format!("did you mean `--by {name}`?")),
        None => error.hint(format!("the fields are {}", known.into_iter().collect::<Vec<_>>().join(", "))),
    }
}

/// The value by which a frozen row is grouped: a field, or `year`, `month`, `language` derived from it.
fn group_value(counter: &Counter, row: &DocumentRow, field: &str) -> Option<String> {
    let own = row.fields.iter().find(|(name, _)| counter.names.get(*name) == field).map(|(_, value)| counter.names.get(*value).to_owned());
    own.or_else(|| match field {
        "language" => (!row.language.is_empty()).then(|| row.language.to_owned()),
        _ => crate::corpus::derived_from_date(row.date, field),
    })
}

/// All surfaces sorted by bytes, and for each counter the rank of each of its surfaces.
fn merge_surfaces(counters: &[Counter]) -> (Surfaces, Vec<Vec<u32>>) {
    let Merged { strings, ranks } = merge(&counters.iter().map(|counter| &counter.surfaces).collect::<Vec<_>>());
    let mut surfaces = Surfaces { kinds: vec![Default::default(); strings.len()], counts: vec![0; strings.len()], forms: strings };
    for (counter, ranks) in counters.iter().zip(&ranks) {
        for (local, &rank) in ranks.iter().enumerate() {
            surfaces.kinds[rank as usize] = counter.kind(local as u32);
            surfaces.counts[rank as usize] += counter.surface_counts[local];
        }
    }
    (surfaces, ranks)
}

/// Takes the repeated lines out of what streaming counters have counted.
fn leave_out(
    counters: &mut [Counter],
    order: &[(usize, usize)],
    groups: &Groups,
    repeated: &Repeated,
    documents: &mut Documents,
) -> Result<()> {
    // Each counter has its own documents, so that all can work at the same time.
    let less = map_parts(counters.iter_mut().enumerate().collect(), |(own, counter): (usize, &mut Counter)| {
        let mut scratch = Scratch::default();
        let mut lines: Vec<bool> = Vec::new();
        let mut less: Vec<(usize, u32)> = Vec::new();
        let own_rows = order.iter().enumerate().filter(|(_, (worker, _))| *worker == own);
        for (document, &(_, row)) in own_rows {
            let group = groups.of_document[document];
            lines.clear();
            lines.extend(counter.line_hashes(row).iter().map(|&line| repeated.is_repeated(group, line)));
            if lines.contains(&true) {
                let is_left_out = |line: usize| lines.get(line).copied().unwrap_or(false);
                less.push((document, counter.leave_out(row, is_left_out, &mut scratch)?));
            }
        }
        Ok(less)
    });
    for of_counter in less {
        for (document, words) in of_counter? {
            documents.words[document] -= words;
        }
    }
    Ok(())
}

/// The strings of several interners as one list.
struct Merged {
    /// Sorted by bytes.
    strings: StringArena,
    /// For each interner its strings' positions in `strings`.
    ranks: Vec<Vec<u32>>,
}

fn merge_terms(counters: &[Counter]) -> Merged {
    merge(&counters.iter().filter_map(|counter| counter.streaming.as_ref()).map(|streaming| streaming.terms()).collect::<Vec<_>>())
}

fn merge(all: &[&Interner]) -> Merged {
    let orders = map_in_order(all.len(), |one| order_of(all[one].arena()));
    // Stretches of the alphabet, each merged on its own.
    let Some(longest) = (0..all.len()).max_by_key(|&one| orders[one].len()) else {
        return Merged { strings: StringArena::default(), ranks: Vec::new() };
    };
    let borders: Vec<Vec<usize>> = (0..=STRETCHES)
        .map(|stretch| {
            let first = orders[longest].get(orders[longest].len() * stretch / STRETCHES).map(|&id| all[longest].get(id));
            let border = |one: usize| match first {
                Some(first) if stretch > 0 => orders[one].partition_point(|&id| all[one].get(id) < first),
                Some(_) => 0,
                None => orders[one].len(),
            };
            (0..all.len()).map(border).collect()
        })
        .collect();
    let stretches = map_in_order(STRETCHES, |stretch| {
        let slice = |one: usize| &orders[one][borders[stretch][one]..borders[stretch + 1][one]];
        merge_stretch(all, &(0..all.len()).map(slice).collect::<Vec<_>>())
    });
    let mut strings = StringArena::default();
    let mut firsts = Vec::with_capacity(STRETCHES);
    for (of_stretch, _) in &stretches {
        firsts.push(strings.len() as u32);
        strings.append(of_stretch);
    }
    let ranks = map_in_order(all.len(), |one| {
        let mut ranks = vec![0; orders[one].len()];
        let places = stretches.iter().zip(&firsts).flat_map(|((_, places), first)| places[one].iter().map(move |place| first + place));
        orders[one].iter().zip(places).for_each(|(&id, rank)| ranks[id as usize] = rank);
        ranks
    });
    Merged { strings, ranks }
}

/// Stretches of the alphabet that are merged at the same time.
const STRETCHES: usize = 16;

/// The strings of each interner's sorted `ids` as one sorted list, and for each interner its strings' places in it.
fn merge_stretch(all: &[&Interner], ids: &[&[u32]]) -> (StringArena, Vec<Vec<u32>>) {
    let mut strings = StringArena::default();
    let mut places: Vec<Vec<u32>> = ids.iter().map(|ids| Vec::with_capacity(ids.len())).collect();
    let head = |one: usize, at: usize| ids[one].get(at).map(|&id| all[one].get(id));
    let mut heads: Vec<Option<&str>> = (0..all.len()).map(|one| head(one, 0)).collect();
    while let Some(least) = heads.iter().flatten().copied().min() {
        let place = strings.push(least);
        for one in 0..all.len() {
            if heads[one] == Some(least) {
                places[one].push(place);
                heads[one] = head(one, places[one].len());
            }
        }
    }
    (strings, places)
}

/// Vocabulary and group counts of streaming counters, which lose their cells on the way.
fn merge_streamed(counters: &mut [Counter], merged: Merged, groups: &Groups, folder: &Folder) -> (Vocabulary, GroupTermMatrix) {
    let Merged { strings: terms, ranks } = merged;
    let mut matrix = GroupTermMatrix::new(groups.len(), terms.len());
    // For each group the cells that the counters have of it, with the terms' ranks.
    let mut parts: Vec<Vec<(&[u32], Vec<Cell>)>> = vec![Vec::new(); groups.len()];
    let with_streams = counters.iter_mut().filter_map(|counter| counter.streaming.as_mut().map(|streaming| (&counter.names, streaming)));
    for ((names, streaming), ranks) in with_streams.zip(&ranks) {
        for group in streaming.groups.drain(..) {
            let name = group.name.map_or(WITHOUT, |name| names.get(name));
            let position = if groups.field.is_empty() { 0 } else { groups.names.iter().position(|known| known == name).unwrap_or(0) };
            matrix.words[position] += group.words;
            matrix.group_documents[position] += group.documents;
            parts[position].push((ranks, group.cells));
        }
    }
    let is_stop = || terms.iter().map(|term| folder.is_stop(term)).collect();
    let fill = || {
        matrix.add_rows(parts, |part, counts, documents| {
            for (ranks, cells) in part {
                for (&term, (count, holding)) in ranks.iter().zip(cells) {
                    counts[term as usize] += count;
                    documents[term as usize] += holding;
                }
            }
        });
    };
    let (is_stop, ()) = both(is_stop, fill);
    let (counts, documents) = matrix.totals();
    (Vocabulary { terms, displayed: StringArena::default(), is_stop, counts, documents }, matrix)
}
