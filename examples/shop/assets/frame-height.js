// Gives each message frame the height of its message, so that the page scrolls and the frame does not. Without script
// the frame keeps a fixed height and scrolls by itself.
for (const frame of document.querySelectorAll('iframe.mail-frame')) {
  const fit = () => {
    const height = Math.ceil(frame.contentDocument?.body?.getBoundingClientRect().height ?? 0)
    if (height > 0) frame.style.height = `${height}px`
  }
  frame.addEventListener('load', fit)
  frame.closest('details')?.addEventListener('toggle', fit)
  window.addEventListener('resize', fit)
  fit()
}
