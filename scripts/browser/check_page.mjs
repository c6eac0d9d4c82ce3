// Opens report pages in Chromium as a reader would and fails on whatever a reader would complain of:
//   npm ci --prefix scripts/browser && node scripts/browser/check_page.mjs report.html … [--shots FOLDER]
// Chromium is taken from $CHROMIUM or the path; nothing is downloaded.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = process.argv.slice(2);
const shotsAt = words.indexOf('--shots');
const shots = shotsAt < 0 ? null : words.splice(shotsAt, 2)[1];
if (shots) mkdirSync(shots, { recursive: true });
assert.ok(words.length > 0, 'which pages?');

const which = (name) => { try { return execFileSync('which', [name]).toString().trim(); } catch { return null; } };
const executablePath = process.env.CHROMIUM ?? which('chromium') ?? which('chromium-browser') ?? which('google-chrome');
assert.ok(executablePath, 'no Chromium found; set $CHROMIUM');
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const opened = async (path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const url = request.url();
    if (url !== pathToFileURL(path).href && !url.startsWith('data:')) complaints.push(`request: ${url}`);
  });
  await page.goto(pathToFileURL(path).href);
  return { page, complaints, close: () => context.close() };
};

const cellsOf = (table, column) => table.locator('tbody tr').evaluateAll((rows, at) => rows.filter((row) => !row.hidden).map((row) => row.cells[at].textContent), column);
const numberIn = (text) => Number(text.replace(/[<>,%\s]/g, '').replace('−', '-'));

// A report of two groups or more must have the explorer.
const mustExplore = async (page) => {
  assert.equal(await page.locator('a[href="#section-keyness"]').count() > 0 && await page.locator('#table-keyness').count() > 0, false, 'groups, but no explorer');
  return 'nothing to compare';
};

const checks = {
  async 'tables sort both ways and back'(page) {
    const block = page.locator('.table:has(tbody tr:nth-child(8))').first();
    if (!(await block.count())) return 'no table of eight rows';
    const table = block.locator('table');
    const column = await table.locator('thead th').evaluateAll((all) => all.findIndex((heading) => heading.dataset.kind === 'number'));
    if (column < 0) return 'no number column';
    const heading = table.locator('thead th').nth(column);
    const before = await cellsOf(table, column);
    const isSorted = (cells, sign) => {
      const numbers = cells.filter((cell) => cell !== '').map(numberIn);
      return numbers.every((each, at) => at === 0 || sign * (each - numbers[at - 1]) >= 0);
    };
    for (const [sign, name] of [[-1, 'descending'], [1, 'ascending']]) {
      await heading.locator('button').click();
      assert.equal(await heading.getAttribute('aria-sort'), name);
      assert.ok(isSorted(await cellsOf(table, column), sign), name);
    }
    await heading.locator('button').focus();
    await page.keyboard.press('Enter');
    assert.equal(await heading.getAttribute('aria-sort'), null);
    assert.deepEqual(await cellsOf(table, column), before);
  },

  async 'tables filter and count'(page) {
    const block = page.locator('.table:has(tbody tr:nth-child(8))').first();
    if (!(await block.count())) return 'no table of eight rows';
    const first = (await cellsOf(block.locator('table'), 0)).find((cell) => cell.length > 2);
    if (!first) return 'no text to filter by';
    await block.locator('input').fill(first.toUpperCase());
    const shown = await block.locator('tbody tr:visible').allTextContents();
    assert.ok(shown.length > 0 && shown.every((row) => row.toLowerCase().includes(first.toLowerCase())));
    assert.match(await block.locator('output').textContent(), new RegExp(`^${shown.length.toLocaleString('en')} of `));
    await block.locator('input').fill('no such words anywhere');
    assert.equal(await block.locator('tbody tr:visible').count(), 0);
    await block.locator('input').fill('');
  },

  async 'a finding leads to its row, even a filtered one'(page) {
    const link = page.locator('.findings a[href*="-row-"]').first();
    if (!(await link.count())) return 'no finding cites a row';
    const id = (await link.getAttribute('href')).slice(1);
    const block = page.locator(`.table:has(#${id})`);
    if (await block.locator('input').isVisible()) await block.locator('input').fill('no such words anywhere');
    await link.click();
    await page.waitForTimeout(100);
    const row = page.locator(`#${id}`);
    assert.ok(await row.isVisible());
    const box = await row.boundingBox();
    assert.ok(box.y > 0 && box.y + box.height < 1000, `row at ${box.y}`);
  },

  async 'column notes show by keyboard and go with Escape'(page) {
    const button = page.locator('th button').first();
    if (!(await button.count())) return 'no table';
    // Scrolling hides a note, so the page must have come to rest before one is asked for.
    await button.scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await page.locator('.scroll').first().focus({ preventScroll: true });
    await page.keyboard.press('Tab');
    assert.ok(await button.evaluate((element) => element === document.activeElement), 'the heading is the next stop');
    const tip = page.locator('#tip');
    const shown = async () => tip.waitFor({ state: 'visible', timeout: 2000 }).then(() => true, () => false);
    for (let tries = 0; tries < 3 && !(await shown()); tries += 1) {
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
    }
    assert.ok(await shown(), 'the note shows');
    assert.ok((await tip.textContent()).length > 5, 'the note says something');
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden', timeout: 2000 });
  },

  async 'the explorer finds a word, and shows it marked in named documents of both groups'(page) {
    const explorer = page.locator('.explorer').first();
    if (!(await explorer.count())) return mustExplore(page);
    const word = await explorer.locator('.panel h4').textContent();
    await explorer.locator('input').fill(word);
    assert.ok((await explorer.locator('.dot.hit').count()) > 0, 'found words are marked');
    await page.keyboard.press('Enter');
    assert.equal(await explorer.locator('.panel h4').textContent(), word);
    const lines = explorer.locator('.panel .lines li');
    const count = await lines.count();
    assert.ok(count >= 1 && count <= 10, `${count} passages`);
    const seen = new Set();
    for (let at = 0; at < count; at += 1) {
      const line = lines.nth(at);
      assert.equal(await line.locator('mark').count(), 1, 'one marked word a passage');
      assert.ok((await line.locator('mark').textContent()).length > 0);
      seen.add(await line.locator('.from').textContent());
      assert.ok((await line.locator('.from').textContent()).trim().length > 0, 'the document is named');
    }
    assert.equal(seen.size, count, 'one passage a document');
    await explorer.locator('input').fill('no such word anywhere');
    assert.equal(await explorer.locator('output').textContent(), '0 words');
    await explorer.locator('input').fill('');
  },

  async 'the explorer shows counts under the pointer and passages on a click'(page) {
    const explorer = page.locator('.explorer').first();
    if (!(await explorer.count())) return mustExplore(page);
    const dots = explorer.locator('.dot');
    await explorer.locator('.plot svg').scrollIntoViewIfNeeded();
    const box = await dots.nth(Math.floor((await dots.count()) / 2)).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const status = await explorer.locator('.status').textContent();
    assert.match(status, /: .* per million \([\d,]+ times? in [\d,]+ documents?\); .* per million \([\d,]+ times? in [\d,]+ documents?\)$/);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const opened = await explorer.locator('.panel h4').textContent();
    assert.ok(status.startsWith(`${opened}: `), `${opened} was opened, ${status} was under the pointer`);
    assert.ok((await explorer.locator('.panel mark').count()) >= 1, 'a passage is shown');
  },

  async 'the explorer goes by keyboard alone'(page) {
    const explorer = page.locator('.explorer').first();
    if (!(await explorer.count())) return mustExplore(page);
    const focused = () => page.evaluate(() => document.activeElement.closest('svg, select, input, .panel')?.tagName ?? 'none');
    // From the first control on, Tab alone reaches search, plot and passages.
    await explorer.locator('select').first().focus();
    const stops = [await focused()];
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Tab');
      stops.push(await focused());
    }
    assert.deepEqual(stops, ['SELECT', 'SELECT', 'INPUT', 'svg', 'DIV']);
    const plot = explorer.locator('.plot svg');
    await plot.focus();
    await page.keyboard.press('ArrowDown');
    // At an edge there is nothing further on, so one of two opposite arrows must lead to another word.
    for (const pair of [['ArrowRight', 'ArrowLeft'], ['ArrowDown', 'ArrowUp']]) {
      const status = await explorer.locator('.status').textContent();
      const seen = [];
      for (const arrow of pair) {
        await page.keyboard.press(arrow);
        seen.push(await explorer.locator('.status').textContent());
      }
      assert.ok(seen.some((text) => text !== status), `${pair} lead on`);
    }
    await page.keyboard.press('Enter');
    const now = await explorer.locator('.panel h4').textContent();
    assert.ok((await explorer.locator('.status').textContent()).startsWith(`${now}: `));
    await page.keyboard.press('Escape');
    assert.ok(await plot.evaluate((element) => element === document.activeElement), 'Escape leads back to the plot');
  },

  async 'any two groups can be compared in the explorer'(page) {
    const explorer = page.locator('.explorer').first();
    if (!(await explorer.count())) return mustExplore(page);
    const [up, across] = [explorer.locator('select').nth(0), explorer.locator('select').nth(1)];
    const values = await up.locator('option').evaluateAll((options) => options.map((option) => option.value));
    assert.ok(values.length >= 2);
    assert.notEqual(await up.inputValue(), await across.inputValue());
    for (const value of values) {
      await up.selectOption(value);
      assert.notEqual(await across.inputValue(), value, 'a group is not compared with itself');
      const name = await up.locator(`option[value="${value}"]`).textContent();
      assert.ok((await explorer.locator('.plot .name').allTextContents()).some((text) => text.startsWith(name)), 'the axis names the group');
      assert.ok((await explorer.locator('.dot').count()) > 0);
    }
  },

  async 'passages of the texts open under findings, each with its word marked and its document named'(page) {
    const findings = page.locator('.findings li:has(a[href*="-row-"])');
    if (!(await findings.count())) return 'no finding cites a row';
    const details = page.locator('.findings .contexts');
    assert.ok((await details.count()) > 0, 'no finding has passages');
    await details.first().locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await details.first().locator('mark').first().isVisible());
    const broken = await details.evaluateAll((all) => all.filter((each) => {
      const items = Array.from(each.querySelectorAll('li'));
      return items.length < 1 || items.length > 10
        || items.some((item) => item.querySelectorAll('mark').length !== 1 || item.querySelector('.from').textContent.trim() === '');
    }).length);
    assert.equal(broken, 0);
  },

  async 'charts change their colours with the page'(page) {
    const charts = page.locator('.chart:not(.light) svg');
    if (!(await charts.count())) return 'no chart';
    const fills = () => charts.first().evaluate((svg) => Array.from(svg.querySelectorAll('rect, text'), (shape) => getComputedStyle(shape).fill));
    const light = await fills();
    assert.ok(light.every((fill) => !fill.includes('var')) && light[0] !== 'rgb(0, 0, 0)', 'variables have values');
    await page.locator('#theme').click();
    const dark = await fills();
    assert.notDeepEqual(dark, light);
    assert.notEqual(dark[0], light[0], 'the ground');
    await page.emulateMedia({ media: 'print' });
    assert.deepEqual(await fills(), light, 'paper is light');
  },

  async 'every chart has an alternative text, every link a target'(page) {
    const silent = await page.locator('.chart svg').evaluateAll((all) => all.filter((svg) => (svg.getAttribute('aria-label') ?? '').length < 20).length);
    assert.equal(silent, 0);
    const lost = await page.locator('a[href^="#"]').evaluateAll((all) => all.filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map((link) => link.hash));
    assert.deepEqual(lost, []);
  },

  async 'dark and light change by the button and are remembered'(page) {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await ground();
    await page.locator('#theme').click();
    assert.notEqual(await ground(), before);
    await page.locator('#theme').click();
    assert.equal(await ground(), before);
  },
};

let failures = 0;
const report = async (name, run) => {
  try {
    const absent = await run();
    console.log(`  ${absent ? `skipped (${absent})` : 'ok'}: ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`  FAILED: ${name}\n    ${String(error.message).split('\n').join('\n    ')}`);
  }
};

for (const word of words) {
  const path = resolve(word);
  console.log(word);
  for (const [name, check] of Object.entries(checks)) {
    await report(name, async () => {
      const { page, complaints, close } = await opened(path);
      const absent = await check(page);
      assert.deepEqual(complaints, []);
      await close();
      return absent;
    });
  }
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 420]) {
      await report(`${colorScheme} at ${width}: quiet, no sideways scrolling, nothing serious from axe`, async () => {
        const { page, complaints, close } = await opened(path, { colorScheme, viewport: { width, height: 1000 } });
        const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(spill <= 0, `the page is ${spill} pixels too wide`);
        if (shots) await page.screenshot({ path: join(shots, `${basename(path, '.html')}-${colorScheme}-${width}.png`), fullPage: true, timeout: 120000 });
        assert.deepEqual(complaints, []);
        // The page's own policy would refuse axe, as it should; the protocol may run it.
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`), []);
        const minor = violations.filter((violation) => !serious.includes(violation));
        if (minor.length) console.log(`    axe, minor: ${minor.map(({ id, nodes }) => `${id} × ${nodes.length}`).join(', ')}`);
        await close();
      });
    }
  }
  await report('without scripts it is a report', async () => {
    const { page, complaints, close } = await opened(path, { javaScriptEnabled: false });
    assert.ok(await page.locator('h1').isVisible());
    const [findings, tables] = [page.locator('.findings .sentence'), page.locator('table')];
    if (await findings.count()) assert.ok(await findings.first().isVisible());
    if (await tables.count()) assert.ok(await tables.first().isVisible());
    const details = page.locator('.contexts').first();
    if (await details.count()) {
      await details.locator('summary').click();
      assert.ok(await details.locator('mark').first().isVisible(), 'passages open without scripts');
    }
    assert.equal(await page.locator('.tools:visible, .theme:visible, .explorer:visible').count(), 0, 'controls that do nothing');
    assert.deepEqual(complaints, []);
    await close();
  });
  await report('a script that got in would not run', async () => {
    const { page, close } = await opened(path);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.gotIn = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.gotIn = true"><p style="color:red">x</p>');
      return new Promise((done) => setTimeout(() => done([window.gotIn === true, getComputedStyle(document.body.lastElementChild).color]), 100));
    });
    assert.equal(ran[0], false);
    assert.notEqual(ran[1], 'rgb(255, 0, 0)');
    await close();
  });
  await report('it prints', async () => {
    const { page, close } = await opened(path, { colorScheme: 'dark' });
    const hiddenLines = await page.evaluate(() => { window.dispatchEvent(new Event('beforeprint')); const closed = document.querySelectorAll('details:not([open])').length; window.dispatchEvent(new Event('afterprint')); return closed; });
    assert.equal(hiddenLines, 0, 'folded passages unfold on paper');
    const pdf = await page.pdf({ format: 'A4', ...(shots ? { path: join(shots, `${basename(path, '.html')}.pdf`) } : {}) });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 1 && pages < 200, `${pages} pages`);
    console.log(`    ${pages} pages`);
    await close();
  });
}
await browser.close();
if (failures > 0) {
  console.log(`${failures} failed`);
  process.exit(1);
}
