// In the page that `errspec serve` shows: reload it when the catalog changes.
"use strict";
addEventListener("DOMContentLoaded", () => {
	const events = new EventSource("/.errspec/changes?version=" + document.body.dataset.version);
	events.addEventListener("changed", () => {
		events.close();
		location.reload();
	});
	addEventListener("pagehide", () => events.close()); // browsers have few connections to one host
});
