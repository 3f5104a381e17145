// Runs in the browser. Tables and <pre> have scroll bars of their own in GitHub's stylesheet, so their boxes are never
// too wide; what is measured is where each text and each cell really ends. Only a folded <pre> may be scrolled: nobody
// has to read it to know what happened.
;(() => {
  const article = document.querySelector('article')
  const style = getComputedStyle(article)
  const right = article.getBoundingClientRect().right - Number.parseFloat(style.paddingRight)
  /** Of each table or other block, what goes furthest. */
  const furthest = new Map()
  const check = (element, box) => {
    const beyond = Math.ceil(box.right - right - 0.5)
    const block = element.closest('table') ?? element
    if (beyond <= (furthest.get(block)?.beyond ?? 0)) return
    furthest.set(block, { beyond, text: element.textContent.trim().slice(0, 60) })
  }
  const isMeasured = element => !element.matches('details pre, details pre *')
  for (const element of [...article.querySelectorAll('*')].filter(isMeasured)) {
    if (element.matches('td, th')) check(element, element.getBoundingClientRect())
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      check(element, range.getBoundingClientRect())
    }
  }
  return [...furthest].map(
    ([block, { beyond, text }]) => `${block.localName}: "${text}" ends ${beyond} px beyond the column`,
  )
})()
