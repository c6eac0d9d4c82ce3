// Writes a corpus that a careless page would trip over: outlets, titles, names and texts in eight scripts, from right to left, with
// emoji, and with everything that acts in a page if one place forgets to escape it:
//   node scripts/browser/awkward_corpus.mjs awkward.jsonl
import { writeFileSync } from 'node:fs';

const outlets = [
  ['Hafen-Zeitung 😀', 'Die Fähre nach Tykhopil fuhr pünktlich. Bürgermeister Jürgen Weiß lobte den Hafen und die Grüße der Gäste.'],
  ['Правда гавани', 'Паром в Тихополь вышел вовремя. Мэр Алексей Городенко похвалил гавань и рыбаков.'],
  ['Ναυτικά Νέα', 'Το πλοίο για το Τίχοπολ έφυγε στην ώρα του. Η δήμαρχος Καλλιόπη Μαρκάκη επαίνεσε το λιμάνι.'],
  ['الميناء اليوم', 'غادرت العبارة إلى تيخوبول في موعدها. أشاد العمدة أمير حداد بالميناء وبالصيادين.'],
  ['הנמל היום', 'המעבורת לטיחופול יצאה בזמן. ראש העיר דוד לוי שיבח את הנמל ואת הדייגים.'],
  ['港口日报', '开往季霍波尔的渡轮准时出发。市长王伟称赞了港口和渔民。'],
  ['港の新聞', 'ティホポリ行きのフェリーは定刻に出発した。市長の田中健二は港と漁師をたたえた。'],
  ['항구신문', '티호폴로 가는 여객선이 제시간에 떠났다. 김민준 시장은 항구와 어부들을 칭찬했다.'],
];
const attacks = [
  '<script>alert(1)</script>', '</script><script>alert(2)</script>', '</style><style>*{display:none}</style>',
  '"><img src=x onerror=alert(3)>', '<svg/onload=alert(4)>', '[link](javascript:alert(5))', '<a href="javascript:alert(6)">x</a>',
  '=HYPERLINK("http://evil.example/")', '{{ 7 * 7 }}{% raw %}', '../../etc/passwd', '\u001b[31mred\u0007', '\u202Edesrever\u202C', ']]><!--', '&lt;b&gt;',
];
const lines = [];
for (const [place, [outlet, text]] of outlets.entries()) {
  for (let number = 0; number < 8; number += 1) {
    const attack = attacks[(place + number) % attacks.length];
    const own = number % 2 === 0 ? 'strike strike' : 'walkout';
    lines.push(JSON.stringify({
      id: `${attack}-${place}-${number}`,
      outlet: place === 0 ? `${outlet} ${attacks[0]}` : outlet,
      date: `2026-03-${String(number * 3 + 1).padStart(2, '0')}`,
      title: `${attack} ${text.slice(0, 24)} ${number}`,
      text: `${text} ${attack} The ferry of day ${number} met the ${place % 2 ? own : 'crew'}; ${attacks[(place * 3 + number * 5) % attacks.length]} said captain Ida Berg.\n\n${text}`,
    }));
  }
}
writeFileSync(process.argv[2], `${lines.join('\n')}\n`);
