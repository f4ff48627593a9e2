// Where the widget has nothing to show, the shop's own words between its tags stand there, and nothing that speaks of an offer.
const hasNothing = (element, answer) => element?.closest('.add-on')?.classList.toggle('has-nothing', answer)
addEventListener('aftercart:nothing', ({ target }) => hasNothing(target, true))
addEventListener('aftercart:shown', ({ target }) => hasNothing(target, false))
addEventListener('load', () => {
  // Its script did not come.
  if (!customElements.get('aftercart-offer')) hasNothing(document.querySelector('aftercart-offer'), true)
})

// When an add-on came onto the order or off it, the summary beside it shows the order as it is now.
for (const change of ['aftercart:accepted', 'aftercart:undone']) {
  addEventListener(change, async () => {
    const page = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!page.ok) return
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html').getElementById('summary')
    const old = document.getElementById('summary')
    if (fresh && old) old.replaceWith(document.adoptNode(fresh))
  })
}
