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

  async 'the explorer searches, opens and goes by keyboard'(page) {
    const explorer = page.locator('.explorer').first();
    if (!(await explorer.count())) return 'no explorer';
    const word = await explorer.locator('.panel h4').textContent();
    await explorer.locator('input').fill(word);
    await page.keyboard.press('Enter');
    assert.equal(await explorer.locator('.panel h4').textContent(), word);
    assert.ok((await explorer.locator('.dot.hit').count()) > 0);
    await explorer.locator('input').fill('');
    const plot = explorer.locator('svg');
    await plot.focus();
    await page.keyboard.press('ArrowDown');
    const status = await explorer.locator('.status').textContent();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await explorer.locator('.status').textContent(), status, 'the arrow goes on');
    await page.keyboard.press('Enter');
    const now = await explorer.locator('.panel h4').textContent();
    assert.ok((await explorer.locator('.status').textContent()).startsWith(`${now}: `));
    await page.keyboard.press('Escape');
    assert.ok(await plot.evaluate((element) => element === document.activeElement), 'Escape leads back to the plot');
    const dot = explorer.locator('.dot').first();
    const box = await dot.boundingBox();
    await plot.scrollIntoViewIfNeeded();
    const place = (await dot.boundingBox()) ?? box;
    await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
    assert.ok((await explorer.locator('.panel h4').textContent()).length > 0);
    const up = explorer.locator('select').first();
    const last = await up.locator('option').last().getAttribute('value');
    await up.selectOption(last);
    assert.notEqual(await explorer.locator('select').nth(1).inputValue(), last, 'a group is not compared with itself');
  },

  async 'places in the texts open under a finding'(page) {
    const details = page.locator('.contexts').first();
    if (!(await details.count())) return 'no contexts';
    await details.locator('summary').click();
    assert.ok(await details.locator('mark').first().isVisible());
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
        if (shots) await page.screenshot({ path: join(shots, `${basename(path, '.html')}-${colorScheme}-${width}.png`), fullPage: true });
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
