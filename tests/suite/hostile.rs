//! Corpora that a report must survive and show rightly: names in many scripts, and texts that are attacks.

use crate::program::{command, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Outlet, a person, a place and two sentences in one script: Latin, Cyrillic, Greek, Hebrew, Arabic, Devanagari, Chinese, Japanese, Korean,
/// Thai. The texts were written for this test.
const SCRIPTS: &[[&str; 4]] = &[
    ["Łódzki Głos", "Zofia Świątek", "Gdańsk", "Prom wypłynął z portu o świcie. Załoga strajkuje od środy i czeka na odpowiedź miasta."],
    ["Северный вестник", "Алексей Горбунов", "Мурманск", "Паром вышел из порта на рассвете. Экипаж бастует со среды и ждёт ответа города."],
    ["Η Φωνή του Λιμανιού", "Ελένη Παππά", "Πάτρα", "Το πλοίο έφυγε από το λιμάνι την αυγή. Το πλήρωμα απεργεί από την Τετάρτη."],
    ["קול הנמל", "יעל ברנע", "חיפה", "המעבורת יצאה מן הנמל עם שחר. הצוות שובת מאז יום רביעי וממתין לתשובת העירייה."],
    ["صوت الميناء", "ليلى حداد", "بيروت", "غادرت العبارة الميناء عند الفجر. يضرب الطاقم منذ يوم الأربعاء وينتظر رد المدينة."],
    ["बंदरगाह समाचार", "मीरा शर्मा", "मुंबई", "नाव सुबह बंदरगाह से निकली। चालक दल बुधवार से हड़ताल पर है और शहर के उत्तर की प्रतीक्षा कर रहा है।"],
    ["海港日報", "李小梅", "上海", "渡轮在黎明时离开港口。船员自星期三起罢工，等待市政府的答复。"],
    ["みなと新聞", "山田花子", "横浜", "フェリーは夜明けに港を出た。乗組員は水曜日からストライキを続け、市の返事を待っている。"],
    ["항구일보", "김민지", "부산", "여객선이 새벽에 항구를 떠났다. 선원들은 수요일부터 파업하며 시의 답변을 기다리고 있다."],
    ["ข่าวท่าเรือ", "สมชาย ใจดี", "ภูเก็ต", "เรือข้ามฟากออกจากท่าเรือเมื่อรุ่งสาง ลูกเรือนัดหยุดงานตั้งแต่วันพุธ"],
];

fn report(folder: &Path, arguments: &[&str]) -> String {
    let output = command(&[&["report", "--out", "report"], arguments].concat()).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.iter().chain(&output.stderr).all(|byte| *byte >= b' ' || b"\n\r\t".contains(byte)), "control characters");
    String::from_utf8(output.stdout).unwrap()
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn titles_names_and_outlets_in_ten_scripts() {
    let folder = tempfile::tempdir().unwrap();
    for [outlet, person, place, text] in SCRIPTS {
        for number in 0..4 {
            let path = folder.path().join("articles").join(outlet);
            fs::create_dir_all(&path).unwrap();
            let front = format!("---\ntitle: {person} – {place} {number}\ndate: 2026-03-0{}\n---\n\n", number + 1);
            fs::write(path.join(format!("{place}-{number}.txt")), format!("{front}{person}, {place}. {}", text.repeat(number + 2)))
                .unwrap();
        }
    }
    report(folder.path(), &["articles", "--xlsx", "--parquet"]);
    let tables = folder.path().join("report/tables");
    let groups: BTreeMap<String, String> =
        rows(&tables.join("overview.csv")).into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let documents = rows(&tables.join("documents.csv"));
    let page = fs::read_to_string(folder.path().join("report/report.html")).unwrap();
    for [outlet, person, place, _] in SCRIPTS {
        assert_eq!(groups.get(*outlet).map(String::as_str), Some("4"), "{outlet}");
        assert!(page.contains(outlet), "{outlet} is on the page");
        let id = format!("{outlet}/{place}-0");
        let document = documents.iter().find(|row| row[0] == id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!((document[1].as_str(), document[3].as_str()), (*outlet, format!("{person} – {place} 0").as_str()));
    }
    assert!(!page.contains('\u{fffd}'), "no character was lost");
    let terms: Vec<String> = rows(&tables.join("terms_overall.csv")).into_iter().map(|row| row[0].clone()).collect();
    for word in ["załoga", "экипаж", "πλήρωμα", "הצוות", "الطاقم"] {
        assert!(terms.iter().any(|term| term == word), "{word} is a term");
    }
    // Every chart is a PNG with a name that any file system takes, and no two outlets share one.
    let charts = files(&folder.path().join("report/charts"));
    assert!(charts.iter().all(|(name, bytes)| name.len() <= 255 && bytes.starts_with(b"\x89PNG") && bytes.len() > 2_000));
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("report/report.xlsx")).unwrap();
    let range = book.worksheet_range("overview").unwrap();
    let named: Vec<String> = range.rows().map(|row| row[0].to_string()).collect();
    assert!(SCRIPTS.iter().all(|[outlet, ..]| named.contains(&(*outlet).to_owned())), "{named:?}");
}

/// Texts that attack a page, a spreadsheet, a terminal or a file system.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "</style><script>alert(2)</script>",
    "</script><svg onload=alert(3)>",
    "\"><img src=x onerror=alert(4)>",
    "' onmouseover='alert(5)",
    "<a href=javascript:alert(6)>here</a>",
    "<iframe src=//evil.example></iframe>",
    "{{7*7}}{% raw %}${7*7}",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "=cmd|' /C calc'!A0",
    "+SUM(1)",
    "-2+3",
    "@SUM(1)",
    "../../../escape",
    "..\\..\\escape",
    "/etc/passwd",
    "CON",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}desrever",
    "<!--",
    "]]>",
    "&lt;b&gt;&#0;",
];

/// Three articles an attack, in every field; `written` turns the attack into what is written.
fn attacked(written: impl Fn(usize, &str) -> String) -> String {
    let addresses = ["javascript:alert(9)", "https://news.example/\"><script>alert(10)</script>", "data:text/html,<script>"];
    let mut lines = String::new();
    for (number, attack) in ATTACKS.iter().enumerate() {
        let attack = written(number, attack);
        for (copy, address) in addresses.iter().enumerate() {
            let words = "The ferry of Ida Berg left Varra at noon with the mail. ".repeat(copy + 1);
            let row = serde_json::json!({
                "id": format!("{attack}#{copy}"),
                "outlet": attack,
                "title": attack,
                "date": "2026-03-01",
                "url": address,
                "text": format!("{attack} {words} Captain {attack} said so, {attack}. Word{number} word{number} word{number}."),
                (attack.clone()): "a field with a name that is an attack",
            });
            lines.push_str(&format!("{row}\n"));
        }
    }
    lines
}

#[test]
fn attacks_are_text() {
    let folder = tempfile::tempdir().unwrap();
    let lines = attacked(|_, attack| attack.to_owned());
    fs::write(folder.path().join("news.jsonl"), lines).unwrap();
    let before = files(folder.path()).len();
    report(folder.path(), &["news.jsonl", "--title", ATTACKS[0], "--author", ATTACKS[1], "--markdown", "--json", "--xlsx", "--notebook"]);
    // Nothing lies outside the report, and nothing in it has a name that leads out.
    let made = files(folder.path());
    let outside: Vec<&String> = made.iter().map(|(name, _)| name).filter(|name| !name.starts_with("report/")).collect();
    assert_eq!(outside.len(), before, "{outside:?}");
    assert!(!folder.path().parent().unwrap().join("escape").exists());
    for (name, _) in &made {
        assert!(!name.contains("..") && !name.contains('\\') && !name.contains('<') && name.matches('/').count() <= 2, "{name:?}");
    }

    let page = fs::read_to_string(folder.path().join("report/report.html")).unwrap();
    // The page has the elements that the page of a harmless corpus of the same shape has, and no more.
    let harmless = tempfile::tempdir().unwrap();
    fs::write(harmless.path().join("news.jsonl"), attacked(|number, _| format!("Plain outlet {number}"))).unwrap();
    report(harmless.path(), &["news.jsonl"]);
    let plain = fs::read_to_string(harmless.path().join("report/report.html")).unwrap();
    for element in ["style", "script", "iframe", "object", "embed", "form", "base", "link", "meta", "img"] {
        let count = |page: &str| (page.matches(&format!("<{element}")).count(), page.matches(&format!("</{element}")).count());
        assert_eq!(count(&page), count(&plain), "<{element}>");
    }
    for forbidden in ["<img src=x", "<svg onload", "<iframe", "href=\"javascript:", "href=\"data:text", "<a href=javascript", "\u{1b}"] {
        assert!(!page.contains(forbidden), "{forbidden:?} is in the page");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the text is shown as text");
    assert!(page.contains("Content-Security-Policy") && page.contains("{{7*7}}"), "templates are not run");
    // Attributes stand in double quotes, which a text in them can't close.
    let closed = page.match_indices("\" onerror").filter(|(at, _)| page[..*at].rfind('<') > page[..*at].rfind('>')).count();
    assert_eq!((closed, page.matches("<svg role='").count()), (0, 0));

    // No cell of a CSV begins like a formula; the same texts are exact in JSON.
    for (name, _) in made.iter().filter(|(name, _)| name.ends_with(".csv") && name.starts_with("report/tables/")) {
        for (number, row) in rows(&folder.path().join(name)).iter().enumerate() {
            for cell in row {
                let is_number = cell.parse::<f64>().is_ok();
                let begins = cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && !is_number);
                assert!(!begins && !cell.contains('\u{1b}'), "{name}, row {number}: {cell:?}");
            }
        }
    }
    let json: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join("report/tables/overview.json")).unwrap()).unwrap();
    let groups: Vec<&str> = json["rows"].as_array().unwrap().iter().filter_map(|row| row["group"].as_str()).collect();
    assert!(groups.contains(&"=cmd|' /C calc'!A0") && groups.contains(&"<script>alert(1)</script>"), "{groups:?}");
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("report/report.xlsx")).unwrap();
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{sheet}");
    }
}

#[test]
fn file_names_are_texts_too() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["-rf.txt", "=1+1.txt", "a\u{1b}[31m.txt", "<b>.txt", "new\nline.txt", "..hidden.txt", "naïve café.txt", "100%.txt"];
    for outlet in ["one", "<two>"] {
        let path = folder.path().join("articles").join(outlet);
        fs::create_dir_all(&path).unwrap();
        for name in names {
            fs::write(path.join(name), format!("The ferry left {outlet} at noon with the mail of {name}.")).unwrap();
        }
    }
    report(folder.path(), &["articles"]);
    let documents = rows(&folder.path().join("report/tables/documents.csv"));
    // A name that begins with a dot is hidden, as in a shell.
    assert_eq!(documents.len(), 2 * (names.len() - 1), "{documents:?}");
    assert!(documents.iter().all(|row| !row[0].contains('\u{1b}')));
    let page = fs::read_to_string(folder.path().join("report/report.html")).unwrap();
    assert!(!page.contains("<two>") && !page.contains("<b>.txt"));
}
