// What somebody with ordinary eyes and thumbs would complain about on the page as it is now: a list of sentences.
(() => {
  const findings = [];
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const behind = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, behind(element.parentElement));
  };
  // Relative luminance and contrast ratio as WCAG 2.2 defines them; 4.5 and 3 are its level AA.
  const luminance = (colour) => {
    const [r, g, b] = [colour.r, colour.g, colour.b].map((part) => {
      const s = part / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const seen = (element) => element.getClientRects().length > 0;

  const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (beyond > 0) findings.push(`the page is ${beyond} px wider than the window`);

  let looked = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (!text || !seen(element) || element.closest('option, :disabled')) continue;
    looked += 1;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const background = behind(element);
    const ratio = contrast(over(parse(style.color), background), background);
    if (ratio < (large ? 3 : 4.5)) findings.push(`"${text}" has a contrast of ${ratio.toFixed(2)} only`);
    if (size < 12) findings.push(`"${text}" is ${style.fontSize} high only`);
  }
  if (looked === 0) findings.push('there is nothing to read');

  for (const control of document.querySelectorAll('button, input:not([type=radio]), select, a.button')) {
    const box = control.getBoundingClientRect();
    const name = control.textContent.trim() || control.name;
    if (seen(control) && box.height < 32) findings.push(`"${name}" is ${box.height} px high only`);
    if (seen(control) && (box.left < 0 || box.right > innerWidth + 1)) findings.push(`"${name}" is cut off`);
  }

  for (const loaded of performance.getEntriesByType('resource')) {
    if (new URL(loaded.name).origin !== location.origin) findings.push(`${loaded.name} comes from outside`);
  }
  return findings;
})()
