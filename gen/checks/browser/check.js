// Checks the HTML reference in Chromium and prints the results as JSON: [{name, failure, note}], where an
// empty failure is success. The argument is JSON that says what to check; see browser_test.go.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = JSON.parse(process.argv[2]); // {http, files, live, never, catalog, good, broken, better}
const desktop = { width: 1280, height: 900 }, phone = { width: 390, height: 844 }, narrowest = { width: 320, height: 640 };

const verdicts = [];
const browser = await chromium.launch({
	executablePath: "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

function want(ok, message) {
	if (!ok) throw new Error(message);
}

function equal(got, wanted, what) {
	want(JSON.stringify(got) === JSON.stringify(wanted), `${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(wanted)}`);
}

// check opens a page and runs a check. It fails if the page logs an error, requests anything else,
// or opens a dialog.
async function check(name, url, { own = url.slice(0, url.lastIndexOf("/") + 1), ...options }, attempt) {
	const context = await browser.newContext({ viewport: desktop, ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(30_000);
	const complaints = [];
	page.on("console", (m) => { if (["error", "warning"].includes(m.type())) complaints.push(m.text()); });
	page.on("pageerror", (e) => complaints.push(e.message));
	page.on("dialog", (d) => { complaints.push("a dialog: " + d.message()); d.dismiss(); });
	page.on("request", (r) => { if (!r.url().startsWith(own) && !r.url().startsWith("data:")) complaints.push("a request for " + r.url()); });
	page.on("popup", (p) => complaints.push("a window: " + p.url()));
	let failure = "", note;
	try {
		await page.addInitScript(() => addEventListener("securitypolicyviolation", (e) => console.error("against the policy: " + e.violatedDirective + " " + e.blockedURI)));
		await page.goto(url, { timeout: 120_000 });
		note = await attempt(page, context);
		if (complaints.length > 0) failure = complaints.join("\n");
	} catch (e) {
		failure = [e.stack, ...complaints].join("\n");
	}
	verdicts.push({ name, failure, note: note ?? "" });
	await context.close();
}

const at = (base, name, rest = "") => `${base}/${name}/index.html${rest}`;
const filter = (page) => page.getByRole("searchbox");
const found = (page) => page.locator(".results .row > a, .results h3 > a").allTextContents();
const type = async (page, text) => {
	await page.keyboard.press("/");
	await page.keyboard.type(text);
};

async function inView(page, id) {
	await page.waitForFunction((id) => {
		const box = document.getElementById(id)?.querySelector("h3")?.getBoundingClientRect();
		const bar = document.querySelector(".top").getBoundingClientRect().bottom;
		return box && box.height > 0 && box.top >= bar - 1 && box.bottom <= innerHeight;
	}, id, { timeout: 10_000 });
}

async function narrow(page) {
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	want(width <= page.viewportSize().width, `the page is ${width} px wide on a screen of ${page.viewportSize().width}`);
}

// accessible fails if axe finds anything on the page, visible or not.
async function accessible(page) {
	await page.evaluate(async () => {
		for (const e of document.querySelectorAll(".entry, pre")) {
			e.scrollIntoView();
			await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
		}
		scrollTo(0, 0);
		await new Promise((r) => setTimeout(r, 100));
	});
	await page.evaluate(axe);
	const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
		.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + n.any.map((a) => a.message).join("; ")).join("\n  ")}`));
	equal(found, [], "axe");
}
for (const [how, base] of [["http", site.http], ["file", pathToFileURL(site.files).href]]) {
	await check(`${how}: filter by code`, at(base, "bithuman"), {}, async (page) => {
		await type(page, "too_large");
		equal(await found(page), ["FILE_TOO_LARGE"], "too_large finds");
		equal(await page.getByRole("status").textContent(), "1 of 14 codes", "what is announced");
		want(new URL(page.url()).searchParams.get("q") === "too_large", "the filter is not in the address " + page.url());
		await page.keyboard.press("Escape");
		equal([await filter(page).inputValue(), await found(page), new URL(page.url()).search], ["", [], ""], "after Escape");
		want(await page.locator("#file_too_large").isVisible(), "after Escape the page is not back");
	});
	if (how === "http") for (const [by, text, codes] of [
		["message", "capacity reached", ["SESSION_LIMIT"]],
		["a message's param", "active rooms <agent_code>", ["NOT_FOUND"]],
		["resolution", "discord", ["INTERNAL_ERROR"]],
		["status", "413", ["FILE_TOO_LARGE"]],
		["a status's name", "payment required", ["INSUFFICIENT_BALANCE"]],
		["words in any order", "LIMIT 429", ["RATE_LIMITED", "SESSION_LIMIT"]],
		["what is not there", "no such thing", []],
	]) {
		await check(`${how}: filter by ${by}`, at(base, "bithuman"), {}, async (page) => {
			await type(page, text);
			equal(await found(page), codes, `${text} finds`);
			equal(await page.getByRole("status").textContent(), `${codes.length} of 14 codes`, "what is announced");
			if (codes.length === 0) {
				await page.getByRole("button", { name: "Show all codes" }).click();
				equal(await filter(page).inputValue(), "", "the filter");
			}
		});
	}
	await check(`${how}: a tag, and a retired code`, at(base, "everything"), {}, async (page) => {
		const tagged = await page.locator(".entry:not(.gone)").filter({ has: page.locator("dt", { hasText: "Tags" }) }).first();
		const tag = await tagged.locator("dt", { hasText: "Tags" }).locator("+ dd .flag").first().textContent();
		const code = await tagged.locator("h3").textContent();
		await filter(page).fill(tag);
		want((await found(page)).includes(code), `${tag} does not find ${code}`);
		const retired = await page.locator(".page .entry.gone h3").first().textContent();
		await filter(page).fill(retired);
		want((await found(page)).includes(retired), `${retired} is not found`);
		await page.locator(".results h3 > a").last().click();
		await inView(page, retired.toLowerCase());
	});
	await check(`${how}: a deep link lands`, at(base, "bithuman", "#internal_error"), {}, (page) => inView(page, "internal_error"));
	await check(`${how}: a deep link lands on a phone`, at(base, "bithuman", "#session_limit"), { viewport: phone }, (page) => inView(page, "session_limit"));
	await check(`${how}: a filter from the address`, at(base, "bithuman", "?q=rate"), {}, async (page) => {
		equal(await found(page), ["RATE_LIMITED", "SESSION_LIMIT"], "?q=rate finds");
		equal(await filter(page).inputValue(), "rate", "the filter");
	});
	await check(`${how}: a deep link beats a filter`, at(base, "bithuman", "?q=rate#not_found"), {}, async (page) => {
		await inView(page, "not_found");
		equal(await found(page), [], "the filter");
	});
	await check(`${how}: from a result to its entry and back`, at(base, "bithuman"), {}, async (page) => {
		await type(page, "limit");
		await page.locator(".results").getByRole("link", { name: "SESSION_LIMIT" }).click();
		await inView(page, "session_limit");
		want(await page.evaluate(() => document.querySelector(":target")?.id) === "session_limit", "the entry is not marked");
		await page.goBack();
		await page.waitForFunction(() => document.querySelectorAll(".results .row").length > 1);
		equal(await filter(page).inputValue(), "limit", "the filter, after going back");
	});
	await check(`${how}: ten thousand codes: a deep link lands on its page`, at(base, "many", "#synthetic_error_09876"), {}, async (page) => {
		await page.waitForURL(/codes-\d+\.html#synthetic_error_09876$/);
		await inView(page, "synthetic_error_09876");
	});
}

// The texts that package find must find as well, pasted with their lines.
const pasted = JSON.parse(readFileSync(site.pasted, "utf8"));
const foldersOf = (name) => readdirSync(`${site.files}/${name}`, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();
const pastedInto = [...new Set(pasted.map((p) => p.catalog))].flatMap((catalog) => [[catalog, "index.html"], [catalog, `${encodeURIComponent(foldersOf(catalog)[0])}/index.html`]]);
for (const [catalog, file] of pastedInto) {
	const options = { permissions: ["clipboard-read", "clipboard-write"], own: `${site.http}/${catalog}/` };
	await check(`paste: errors of ${catalog} into ${file}`, `${site.http}/${catalog}/${file}`, options, async (page) => {
		await filter(page).focus();
		await page.waitForFunction(() => document.getElementById("page.filter").dataset.paths || self.errspecIndex);
		const failures = [], texts = pasted.filter((p) => p.catalog === catalog);
		for (const p of texts) {
			await page.evaluate((text) => navigator.clipboard.writeText(text), p.text);
			await filter(page).focus();
			await page.keyboard.press("Control+A");
			await page.keyboard.press("Control+V");
			const wanted = p.code === "" ? [] : [p.code, ...p.also ?? []], codes = await found(page);
			const got = await page.evaluate(() => {
				const row = document.querySelector(".results .row"), pairs = [...row?.querySelectorAll(".found > div") ?? []];
				const values = Object.fromEntries(pairs.map((p) => [...p.children].map((e) => e.textContent)));
				return { heading: row?.parentElement.dataset.title, values };
			});
			const { variant = "", ...values } = got.values;
			const why = { "Best match": "evidence", "Most similar": "alike", "Codes with this HTTP status": "status" }[got.heading] ?? "words";
			const is = [codes.slice(0, wanted.length || 1), ...p.code === "" ? [] : [variant, values, why]];
			const must = [wanted, ...p.code === "" ? [] : [p.variant ?? "", p.values ?? {}, p.why ?? "evidence"]];
			const sorted = (o) => JSON.stringify(o, (_, v) => v?.constructor === Object ? Object.fromEntries(Object.entries(v).sort()) : v);
			if (sorted(is) !== sorted(must)) failures.push(`${p.kind}: ${p.text}\n  is ${sorted(is)}\n  want ${sorted(must)}`);
		}
		equal(failures, [], "what is found otherwise");
		return `${texts.length} texts`;
	});
}

for (const [how, base] of [["http", site.http], ["file", pathToFileURL(site.files).href]]) {
	const own = `${base}/everything/`, url = `${own}internal_error/index.html`;
	await check(`${how}: the search of a code's page`, url, { own }, async (page) => {
		equal(await page.evaluate(() => performance.getEntriesByType("resource").filter((r) => r.name.endsWith("search.js")).length), 0, "codes that nobody asked for");
		await type(page, "internal_error");
		await page.locator(".results .row").first().waitFor();
		want(!(await page.locator("h1").filter({ visible: true }).textContent()).startsWith("INTERNAL_ERROR"), "the page is not behind the results");
		const retired = readFileSync(`${site.files}/everything/search.js`, "utf8").match(/"code":"([^"]+)".*"gone":true/)[1];
		await filter(page).fill(retired);
		equal((await found(page))[0], retired, "what the retired code finds");
		equal(await page.locator(".results .row .flag").first().textContent(), "retired", "its flag");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		await page.waitForURL((u) => !u.pathname.includes("internal_error"));
		equal(await page.locator("h1").textContent(), retired, "the page that the result leads to");
		await page.goBack();
		await page.waitForFunction(() => document.querySelectorAll(".results .row").length > 0);
		await filter(page).fill("nothing of the kind at all");
		equal(await found(page), [], "what nothing finds");
		await page.keyboard.press("Escape");
		want(await page.getByRole("heading", { level: 1, name: "INTERNAL_ERROR" }).isVisible(), "after Escape the page is not back");
	});
	await check(`${how}: the search of a page of entries`, `${base}/many/codes-2.html`, { own: `${base}/many/` }, async (page) => {
		await type(page, "synthetic_error_04711");
		await page.locator(".results .row > a").first().click();
		await page.waitForURL(/synthetic_error_04711\/(index\.html)?$/);
	});
}

await check("axe: a search on a code's page", `${site.http}/everything/internal_error/index.html?q=e`, { own: `${site.http}/everything/` }, async (page) => {
	await page.locator(".results .row").first().waitFor();
	await accessible(page);
});

await check("the contents follow the search", at(site.http, "bithuman"), {}, async (page) => {
	const contents = () => page.locator(".contents li:visible code").allTextContents();
	equal((await contents()).length, 14, "all codes");
	await type(page, "limit 429");
	equal(await contents(), ["RATE_LIMITED", "SESSION_LIMIT"], "the contents");
	equal(await page.locator(".contents .num:visible").allTextContents(), ["2"], "the count of the group");
	await page.keyboard.press("Escape");
	equal((await contents()).length, 14, "all codes again");
});

await check("a long text is not in the address", at(site.http, "bithuman"), {}, async (page) => {
	await filter(page).fill("NOT_FOUND " + "x".repeat(300));
	equal(await found(page), ["NOT_FOUND"], "what is found");
	equal(new URL(page.url()).search, "", "the address");
});

await check("keyboard", at(site.http, "bithuman"), {}, async (page) => {
	const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
	await page.keyboard.press("Tab");
	equal(await focused(), "Skip to the content", "the first stop");
	await page.keyboard.press("Enter");
	want(await page.evaluate(() => document.activeElement.tagName) === "MAIN", "the skip link does not lead to the content");
	await type(page, "file");
	await page.keyboard.press("ArrowDown");
	const first = await focused();
	await page.keyboard.press("ArrowDown");
	const second = await focused();
	equal([first, second], (await found(page)).slice(0, 2), "the arrows");
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ArrowUp");
	equal(await focused(), "page.filter", "above the first result");
	await page.keyboard.press("Enter");
	await inView(page, first.toLowerCase());
	await page.keyboard.press("/");
	equal(await focused(), "page.filter", "after /");
	await page.keyboard.press("Escape");
	want(await page.evaluate(() => document.activeElement === document.body), "Escape in an empty filter does not leave it");
});

await check("copying", at(site.http, "bithuman", "?q=#file_too_large"), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	const entry = page.locator("#file_too_large");
	await entry.getByRole("button", { name: "Copy link" }).click();
	await entry.getByText("Copied").waitFor();
	equal(await clipboard(), site.http + "/bithuman/#file_too_large", "the link");
	await entry.getByRole("button", { name: "Copy JSON" }).click();
	await entry.locator("figure").getByText("Copied").waitFor();
	equal(JSON.parse(await clipboard()), { error: { code: "FILE_TOO_LARGE", message: "File exceeds size limit", httpStatus: 413 }, status: "error", status_code: 413 }, "the JSON");
});

// A command that answers with a response prints that response.
await check("copying as curl mock", at(site.http, "everything"), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	for (const button of await page.getByRole("button", { name: "Copy as curl mock" }).all()) {
		await button.click();
		const command = await page.evaluate(() => navigator.clipboard.readText());
		want(/ \| nc -l 127\.0\.0\.1 8080 &\nsleep 1; curl -i http:\/\/127\.0\.0\.1:8080\/\n$/.test(command), "the command is " + command);
		const printed = execFileSync("sh", ["-c", command.slice(0, command.lastIndexOf(" | nc "))], { encoding: "utf8" });
		const [head, rest] = printed.split("\r\n\r\n"), body = rest.replace(/\r\n$/, "");
		const shown = await button.locator("xpath=ancestor::figure").locator("pre:visible").textContent();
		const [shownHead, shownBody] = shown.split("\n\n");
		equal(head.split("\r\n").filter((line) => !/^(Content-Length|Connection): /.test(line)), shownHead.split("\n"), "the head");
		equal(JSON.parse(body), JSON.parse(shownBody), "the body");
		want(head.includes(`\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`), "the length of the body is wrong: " + printed);
	}
});

await check("tabs", at(site.http, "bithuman", "#not_found"), {}, async (page) => {
	const entry = page.locator("#not_found"), shown = () => entry.locator("pre:visible").allTextContents();
	const tabs = () => entry.getByRole("tab", { selected: true }).allTextContents();
	equal([(await shown()).length, await tabs()], [1, ["agent"]], "the first tab");
	await entry.getByRole("tab", { name: "rooms" }).click();
	want((await shown())[0].includes("No active rooms found for agent") && (await shown()).length === 1, "the tab shows " + await shown());
	await page.keyboard.press("ArrowRight");
	equal([await tabs(), await page.evaluate(() => document.activeElement.textContent)], [["agent"], "agent"], "after an arrow");
	await filter(page).fill("No active rooms found for agent Q7");
	await page.locator(".results .row > a").first().click();
	await inView(page, "not_found");
	equal(await tabs(), ["rooms"], "the tab of the variant that was pasted");
});

// A language that is chosen once is that of all samples, here and on the next visit.
await check("samples", at(site.http, "sampled", "#not_found"), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	const languages = (e) => e.getByRole("tab", { selected: true }).filter({ hasText: /^(Go|TypeScript|Python|curl)$/ }).allTextContents();
	const entry = page.locator("#not_found");
	equal(await languages(entry), ["Go"], "the first language");
	await entry.getByRole("tab", { name: "Python" }).click();
	await inView(page, "not_found");
	equal([...new Set(await languages(page.locator("main")))], ["Python"], "the languages of all samples");
	await entry.getByRole("button", { name: "Copy: how to handle NOT_FOUND" }).click();
	want((await page.evaluate(() => navigator.clipboard.readText())).includes("except apierr.NotFoundError as error:"), "the copy is another sample");
	await page.reload();
	equal([...new Set(await languages(page.locator("main")))], ["Python"], "the languages after a reload");
});

await check("without JavaScript all samples are shown", at(site.http, "sampled"), { javaScriptEnabled: false }, async (page) => {
	equal(await page.locator("#not_found figure[data-tabs=language] .label:visible").allTextContents(), ["Go", "TypeScript", "Python", "curl"], "the labels");
	equal(await page.locator("#not_found .panel:not(:visible)").count(), 0, "hidden panels");
});

await check("one switch for the language of all samples", at(site.http, "sampled"), {}, async (page) => {
	const chooser = page.getByRole("combobox", { name: "Language of all samples" });
	const chosen = () => page.getByRole("tab", { selected: true, name: "Python" }).count();
	equal([await chooser.inputValue(), await chosen()], ["go", 0], "before");
	await chooser.selectOption("python");
	const all = await page.locator("figure[data-tabs=language]").count();
	equal(await chosen(), all, "samples in Python");
	await page.goto(`${site.http}/sampled/not_found/index.html`);
	equal([await chooser.inputValue(), await chosen()], ["python", 1], "the page of a code, after the choice");
	await page.getByRole("tab", { name: "curl" }).click();
	equal(await chooser.inputValue(), "curl", "the switch, after a tab");
});

await check("an author's code", at(site.http, "bithuman"), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	const section = page.locator(".written").filter({ hasText: "Handling errors in Python" });
	want(await section.locator(".k").count() > 5, "the code has no marked keywords");
	await section.getByRole("button", { name: "Copy" }).click();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	want(copied.startsWith("import requests\n\nresp = requests.post(\n") && copied.endsWith(`print(f"Error {err['code']}: {err['message']}")`), "the copy is " + copied);
});

await check("the contents on a phone", at(site.http, "bithuman"), { viewport: phone }, async (page) => {
	const contents = page.getByRole("navigation", { name: "On this page" });
	want(!(await contents.isVisible()), "the contents are open");
	await page.getByRole("button", { name: "Contents" }).click();
	await contents.getByRole("link", { name: "SESSION_LIMIT" }).click();
	await inView(page, "session_limit");
	want(!(await contents.isVisible()), "the contents stay open");
});

await check("on a phone what an entry says is as wide as the screen", at(site.http, "bithuman", "#rate_limited"), { viewport: phone }, async (page) => {
	const widths = await page.locator("#rate_limited dd").evaluateAll((all) => all.map((dd) => dd.getBoundingClientRect().width));
	want(widths.every((w) => w > 350), `widths are ${widths}`);
});

await check("the first screen shows the codes", at(site.http, "bithuman"), {}, async (page) => {
	for (const view of [desktop, phone]) {
		await page.setViewportSize(view);
		const boxes = await page.locator(".glance code").evaluateAll((codes) => codes.map((c) => c.getBoundingClientRect().bottom));
		want(boxes.length === 14 && boxes.every((y) => y < view.height), `codes end at ${boxes} px of ${view.height}`);
	}
});

await check("the first screen of a large catalog says how many codes a group has", at(site.http, "grouped"), {}, async (page) => {
	const rows = await page.locator(".glance li").allTextContents();
	want(rows.length > 1 && rows.every((row) => /[1-9]\d* codes?$/.test(row)), `the groups are ${rows}`);
});

// Whatever the search answers, the field stays wide enough to read what was typed, and the answer stays in the bar.
await check("on the narrowest phone the search field keeps its width", at(site.http, "bithuman"), { viewport: narrowest }, async (page) => {
	for (const text of ["rate_limt", "no such thing", "e", "404 no such thing", "RATE_LIMITED"]) {
		await filter(page).fill(text);
		const [field, count, bar] = await Promise.all([filter(page), page.locator(".count"), page.locator(".top")].map((e) => e.boundingBox()));
		want(field.width >= 160, `${text}: the field is ${field.width} px wide`);
		want(count.x + count.width <= narrowest.width && count.y >= bar.y && count.y + count.height <= bar.y + bar.height, `${text}: the count is outside the bar`);
	}
});

await check("on the narrowest phone the next code is on one line", at(site.http, "bithuman/not_found"), { viewport: narrowest, own: `${site.http}/bithuman/` }, async (page) => {
	const lines = await page.locator(".around a").evaluateAll((links) => links.map((a) => a.getClientRects().length));
	equal(lines, [1, 1], "lines");
});

for (const name of ["everything", "stripe", "tables"]) {
	for (const [how, viewport] of [["a desktop", desktop], ["the narrowest phone", narrowest]]) {
		await check(`${name}: on ${how} the statuses of a row stay in their column`, at(site.http, name), { viewport }, async (page) => {
			const wide = await page.locator(".index .facts").evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent));
			equal(wide, [], "too wide");
		});
	}
}

await check("no word of JSON breaks", at(site.http, "bithuman"), { viewport: phone }, async (page) => {
	for (const pre of await page.locator("figure.example pre:visible").all()) {
		const [lines, height] = await pre.evaluate((e) => [e.textContent.split("\n").length, (e.clientHeight - parseFloat(getComputedStyle(e).paddingTop) * 2) / parseFloat(getComputedStyle(e).lineHeight)]);
		equal(Math.round(height), lines, "lines");
	}
});

await check("a copied link of a large catalog is that of the index", at(site.http, "many", "#synthetic_error_00300"), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	await page.waitForURL(/codes-2\.html/);
	await page.locator("#synthetic_error_00300").getByRole("button", { name: "Copy link" }).click();
	await page.locator("#synthetic_error_00300").getByText("Copied").waitFor();
	equal(await page.evaluate(() => navigator.clipboard.readText()), at(site.http, "many", "#synthetic_error_00300"), "the link");
});

for (const width of [1280, 800, 390]) {
	const view = { viewport: { width, height: 700 } };
	const cut = (page) => page.locator(".home").evaluate((home) => [home, ...home.children].some((e) => !e.matches(".service") && e.scrollWidth > e.clientWidth));
	await check(`a title of some words is whole at ${width} px`, at(site.http, "titled"), view, async (page) => want(!(await cut(page)), "the title is cut"));
	await check(`a long title leaves room for the filter at ${width} px`, at(site.http, "long"), view, async (page) => {
		want(await cut(page), "the title is not a long one");
		const box = await filter(page).boundingBox();
		want(box.width >= 200 && box.x + box.width <= width, `the filter is ${box.width} px wide, from ${box.x}`);
		await narrow(page);
	});
}

await check("the theme", at(site.http, "bithuman"), { colorScheme: "dark" }, async (page) => {
	const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	equal(await background(), "rgb(15, 18, 23)", "the background in a dark system");
	await page.getByRole("button", { name: "Theme: auto" }).click();
	equal(await background(), "rgb(255, 255, 255)", "the background, light chosen");
	await page.reload();
	equal(await background(), "rgb(255, 255, 255)", "the background, after a reload");
});

await check("without JavaScript", at(site.http, "everything"), { javaScriptEnabled: false }, async (page) => {
	for (const e of await page.locator(".entry, .row").all()) want(await e.isVisible(), "an entry or a row cannot be seen");
	equal(await page.locator(".scripted:visible").count(), 0, "controls that do nothing");
});
await check("without JavaScript a deep link lands", at(site.http, "bithuman", "#rate_limited"), { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, async (page) => {
	const box = await page.locator("#rate_limited h3").boundingBox();
	want(box.y >= 56 && box.y < 900, `the entry is at ${box.y}`);
});

await check("print", at(site.http, "bithuman"), {}, async (page) => {
	await page.emulateMedia({ media: "print" });
	equal(await page.locator(".top:visible, .contents:visible, button:visible").count(), 0, "controls on paper");
	for (const e of await page.locator(".entry").all()) want(await e.isVisible(), "an entry is not printed");
	want((await page.pdf({ format: "A4" })).length > 20_000, "the PDF is too small to have the page in it");
});

// On paper a code's page shows everything, on as little paper as it needs.
await check("print: the page of a code", `${site.http}/sampled/not_found/index.html`, { own: `${site.http}/sampled/` }, async (page) => {
	await page.emulateMedia({ media: "print" });
	equal(await page.locator(".top:visible, .back:visible, .around:visible, button:visible, select:visible").count(), 0, "controls on paper");
	equal(await page.locator(".panel:not(:visible)").count(), 0, "tabs that are not printed");
	await narrow(page);
	const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
	equal(pdf.match(/\/Type \/Page\b/g)?.length, 1, "sheets of paper");
});

for (const width of [1280, 800, 390]) {
	await check(`words of tables are whole at ${width} px`, at(site.http, "tables"), { viewport: { width, height: 900 } }, async (page) => {
		await page.locator(".retries").scrollIntoViewIfNeeded();
		const broken = await page.evaluate(() => [...document.querySelectorAll(".statuses td:nth-child(-n+2), .retries td:not(:first-child), th")].flatMap((cell) => {
			const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), words = [];
			while (texts.nextNode()) for (const m of texts.currentNode.data.matchAll(/[A-Za-z0-9]+/g)) {
				const range = document.createRange();
				range.setStart(texts.currentNode, m.index);
				range.setEnd(texts.currentNode, m.index + m[0].length);
				if (range.getClientRects().length > 1) words.push(m[0]);
			}
			return words;
		}));
		equal(broken, [], "words in two lines");
		await narrow(page);
	});
}

for (const name of ["bithuman", "sampled", "everything", "hostile"]) {
	for (const [how, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["phone", { viewport: phone }]]) {
		await check(`axe: ${name}, ${how}`, at(site.http, name), options, accessible);
	}
	await check(`phone: ${name} fits`, at(site.http, name), { viewport: phone }, narrow);
	await check(`phone: ${name}, filtered, fits`, at(site.http, name, "?q=e"), { viewport: phone }, narrow);
}
await check("axe: a filtered list", at(site.http, "everything", "?q=e"), {}, accessible);
await check("axe: a pasted error", at(site.http, "sampled", "?q=Agent%20not%20found%20for%20code:%20A91"), {}, accessible);
await check("axe: nothing found", at(site.http, "bithuman", "?q=nothing+at+all"), { colorScheme: "dark" }, accessible);
await check("axe: entries on a page of their own", `${site.http}/many/codes-2.html`, {}, accessible);

// The pages of codes share a style sheet and a script, which their policy lets them load, from a
// disk as well. They read the same without.
const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard", "html-validate:a11y"] });
for (const [how, base] of [["http", site.http], ["file", pathToFileURL(site.files).href]]) {
	for (const name of ["bithuman", "everything", "hostile"]) {
		const own = `${base}/${name}/`;
		const pages = readdirSync(`${site.files}/${name}`, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();
		want(pages.length > 1, `${name} has ${pages.length} pages of codes`);
		await check(`${how}: the pages of the codes of ${name}`, `${own}${encodeURIComponent(pages[0])}/index.html`, { own }, async (page) => {
			const seen = [await page.locator("h1").textContent()];
			want(await page.evaluate(() => getComputedStyle(document.querySelector(".top")).position === "sticky"), "the style sheet is not there");
			want(await page.locator("html.js").count() === 1, "the script does not run");
			await page.goto(`${own}index.html`);
			const follow = async (link) => {
				const from = page.url();
				await link.click();
				await page.waitForURL((url) => url.href !== from); // a click on a disk may end before that
			};
			await follow(page.locator("a.own").first());
			while (await page.locator("a[rel=next]").count() > 0) {
				await follow(page.locator("a[rel=next]"));
				seen.push(await page.locator("h1").textContent());
				await narrow(page);
			}
			equal(seen.length, pages.length, "pages that lead to each other");
		});
	}
}
for (const name of ["bithuman", "everything", "hostile"]) {
	const own = `${site.http}/${name}/`;
	const pages = readdirSync(`${site.files}/${name}`, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();
	for (const folder of [pages[0], pages.at(-1)]) {
		const url = `${own}${encodeURIComponent(folder)}/index.html`;
		for (const [how, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["phone", { viewport: phone }], ["no script", { javaScriptEnabled: false }]]) {
			if (how === "no script") await check(`${name}/${folder} without JavaScript`, url, { own, ...options }, async (page) => {
				want(await page.locator("h1").isVisible() && await page.locator(".scripted:visible").count() === 0, "a button does nothing");
				await narrow(page);
			});
			else await check(`axe: ${name}/${folder}, ${how}`, url, { own, ...options }, accessible);
		}
	}
	const wrong = [];
	for (const folder of pages) {
		const file = `${site.files}/${name}/${folder}/index.html`;
		for (const r of (await validator.validateString(readFileSync(file, "utf8"), file)).results) {
			for (const m of r.messages) wrong.push(`${folder}:${m.line}:${m.column}: ${m.message} [${m.ruleId}]`);
		}
	}
	verdicts.push({ name: `html-validate: the pages of the codes of ${name}`, failure: wrong.join("\n"), note: `${pages.length} pages` });
}
{
	const broken = await validator.validateString("<!DOCTYPE html><p><div></p><img>");
	verdicts.push({ name: "html-validate finds mistakes", failure: broken.errorCount > 0 ? "" : "nothing is wrong with <p><div></p>", note: "" });
}

// Everything in a hostile catalog is text on the page. (Tests of emit/html check that it is shown.)
for (const [how, base] of [["http", site.http], ["file", pathToFileURL(site.files).href]]) {
	await check(`${how}: a hostile catalog injects nothing`, at(base, "hostile"), {}, async (page) => {
		const strange = () => page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => {
			const handlers = e.getAttributeNames().some((a) => a.startsWith("on") || ["style", "srcdoc", "autofocus", "formaction"].includes(a));
			const link = e.matches("a") && !["http:", "https:", "mailto:", "file:"].includes(e.protocol);
			const kind = e.matches("iframe, img, svg, object, embed, form, base, video, audio, textarea, template, noscript, plaintext, xmp, math, u, i, s, details, meta[http-equiv=refresh]");
			return handlers || link || kind;
		}).map((e) => e.outerHTML));
		equal(await strange(), [], "elements that the page should not have");
		equal(await page.evaluate(() => [document.scripts.length, document.querySelectorAll("style").length, document.querySelectorAll("h1").length, document.querySelectorAll("main").length]), [1, 1, 1, 1], "scripts, style sheets, titles, mains");
		for (const q of ["hostile", "<img src=x onerror=alert(1)>", "</script>"]) {
			await filter(page).fill(q);
			equal(await strange(), [], `elements that the page should not have, filtered by ${q}`);
		}
		await filter(page).fill("");
		await page.waitForTimeout(200);
	});
	await check(`${how}: a hostile address injects nothing`, at(base, "hostile", "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E#%22%3E%3Cscript%3E%ZZ"), {}, async (page) => {
		equal(await page.locator("img").count(), 0, "images");
	});
}

// Live reload, with a catalog that breaks and is repaired.
await check("live reload", site.live, {}, async (page) => {
	const write = (text) => writeFileSync(site.catalog, text);
	await page.getByRole("heading", { name: "FIRST" }).waitFor();
	write(site.better);
	await page.getByRole("heading", { name: "SECOND" }).waitFor();
	await type(page, "second");
	write(site.broken);
	const alert = page.getByRole("alert");
	await alert.getByText("unknown-key").waitFor();
	want((await alert.textContent()).includes("<script>alert(1)</script>"), "the diagnostics are not shown literally");
	equal(await found(page), ["SECOND"], "the filter, after the page was reloaded");
	await accessible(page);
	write(site.good);
	await alert.waitFor({ state: "detached" });
	await page.getByRole("searchbox").fill("");
	await page.getByRole("heading", { name: "FIRST" }).waitFor();
	await page.locator("a.own").click();
	await page.getByRole("heading", { level: 1, name: "FIRST" }).waitFor();
	write(site.broken);
	await page.getByRole("alert").getByText("unknown-key").waitFor();
	want(await page.getByRole("heading", { level: 1, name: "FIRST" }).isVisible(), "the last good page is gone");
	await type(page, "first");
	equal(await found(page).then(async (f) => f.length > 0 ? f : (await page.locator(".results .row").first().waitFor(), found(page))), ["FIRST"], "the search of a code's page, live");
	await page.keyboard.press("Escape");
	write(site.good.replace("message: m", "message: another message"));
	await page.getByText("another message").first().waitFor();
	equal(await page.getByRole("alert").count(), 0, "findings that are mended");
	write(site.good);
	await page.getByText("another message").first().waitFor({ state: "detached" });
});

// As long as there is no page below them, diagnostics have the whole screen.
await check("diagnostics of a catalog that never had a page are shown whole", site.never, { viewport: narrowest }, async (page) => {
	const alert = page.getByRole("alert");
	await alert.getByText("unknown-key").waitFor();
	const [all, shown] = await alert.evaluate((e) => [e.scrollHeight, e.clientHeight]);
	equal(shown, all, "the height of the diagnostics that is shown");
	await accessible(page);
});

// How long ten thousand codes take: elapsed time, and the time of the page's own thread, which does
// not depend on the machine's load.
await check("ten thousand codes", at(site.http, "many"), {}, async (page, context) => {
	const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
	const cdp = await context.newCDPSession(page);
	await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
	const worked = async () => 1000 * (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value;
	const press = (key) => page.evaluate((text) => new Promise((done) => {
		const input = document.getElementById("page.filter"), start = performance.now();
		input.value = text;
		input.dispatchEvent(new Event("input"));
		requestAnimationFrame(() => { // the message arrives after the frame is drawn
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => done(performance.now() - start);
			port2.postMessage(0);
		});
	}), key);
	const least = {}, body = JSON.stringify({ error: { code: "SYNTHETIC_ERROR_04711", message: "Synthetic error 4711 happened", httpStatus: 409 } });
	const keys = ["s", "sy", "429", "synthetic_error_09876", "synthetic_eror_09876", "Synthetic error 815 happened", body, "nothing of the kind", ""];
	for (let round = 0; round < 5; round++) {
		for (const text of keys) {
			await page.waitForTimeout(150);
			const before = await worked(), clock = await press(text), cpu = await worked() - before;
			const best = least[text] ??= { clock, cpu };
			best.clock = Math.min(best.clock, clock);
			best.cpu = Math.min(best.cpu, cpu);
		}
	}
	await filter(page).fill("synthetic_error_0987");
	equal((await found(page)).length, 10, "results");
	const figures = Object.entries(least).map(([text, { clock, cpu }]) => `${text.slice(0, 30) || "(cleared)"} ${clock.toFixed(0)} ms (worked ${cpu.toFixed(0)})`).join(", ");
	for (const [text, { cpu }] of Object.entries(least)) want(cpu < 150, `${text || "clearing"} takes ${cpu.toFixed(0)} ms of work; all: ${figures}`);
	return `loaded in ${loaded.toFixed(0)} ms; from key to painted frame, best of 5: ${figures}`;
});

await browser.close();
console.log(JSON.stringify(verdicts));
