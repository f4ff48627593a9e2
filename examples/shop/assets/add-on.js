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
