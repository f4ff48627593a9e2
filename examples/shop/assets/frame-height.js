// Gives each message frame the height of its message, so that the page scrolls and the frame does not. Without script
// the frame keeps a fixed height and scrolls by itself.
for (const frame of document.querySelectorAll('iframe.mail-frame')) {
  const fit = () => {
    const height = frame.contentDocument?.documentElement?.scrollHeight ?? 0
    if (height > 0) frame.style.height = `${height}px`
  }
  const refit = () => {
    frame.style.height = ''
    fit()
  }
  frame.addEventListener('load', fit)
  frame.closest('details')?.addEventListener('toggle', refit)
  window.addEventListener('resize', refit)
  fit()
}
