
"use strict";
// One spelling for all: as furat.arabic.fold, for titles.
const seats = [["\u0623\u0625\u0622\u0671", "\u0627"], ["\u0649\u06cc", "\u064a"], ["\u0629", "\u0647"], ["\u06a9", "\u0643"]];
const fold = text => {
  text = text.normalize("NFKC").toLowerCase().replace(/[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]/g, "");
  text = text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit => digit.charCodeAt(0) & 15);
  for (const [from, to] of seats) text = text.replace(new RegExp(`[${from}]`, "g"), to);
  return text.replace(/[\u0626\u0621]?\u0648|\u0624\u0648?/g, "\u0648").replace(/\u0648\u0648/g, "\u0648").replace(/\u0626/g, "\u064a").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
};
// A day among Arabic words would be read from its end (Unicode, UAX 9).
const isolated = text => `\u2068${text}\u2069`;
const unpacked = async text => {
  const packed = new Blob([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).json();
};
let titles = [];
const [words, hits, number] = ["words", "hits", "number"].map(id => document.getElementById(id));
const search = () => {
  const asked = fold(words.value).split(" ").filter(Boolean);
  const found = asked.length ? titles.filter(each => asked.every(word => each[3].includes(word))) : [];
  number.textContent = asked.length ? `${found.length}` : "";
  hits.replaceChildren(...found.slice(0, 100).map(([title, day, id]) => {
    const item = document.createElement("li");
    item.textContent = [title, `\u200e${day}`, id].map(isolated).join(" \u2014 ");
    return item;
  }));
};
words.addEventListener("input", search);
words.value = decodeURIComponent(location.hash.slice(1));
unpacked(document.getElementById("titles").textContent).then(all => {
  titles = all.map(each => [...each, fold(each[0])]);
  search();
});
