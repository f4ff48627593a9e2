// Titles that try to become markup, script, a header or a style. Each would call `pwned()` or set `window.pwned` if it
// were ever taken for more than text. Own collection, by the places where a title ends up.

export const hostileTitles: readonly string[] = [
  '<img src=x onerror=pwned()>',
  '<script>pwned()</script>',
  '"><script>pwned()</script>',
  "'><svg onload=pwned()>",
  '</title><script>pwned()</script>',
  '</style><script>pwned()</script>',
  '<!--<img src="--><img src=x onerror=pwned()>',
  '<iframe srcdoc="<script>parent.pwned()</script>">',
  '" onmouseover="pwned()" x="',
  "' autofocus onfocus='pwned()",
  '<a href="javascript:pwned()">click</a>',
  '<svg><animate onbegin=pwned() attributeName=x dur=1s>',
  '<math><mtext><table><mglyph><style><img src=x onerror=pwned()>',
  '&lt;img src=x onerror=pwned()&gt;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
  '${pwned()}',
  '{{constructor.constructor("pwned()")()}}',
  '<body onload=pwned()>',
  '<details open ontoggle=pwned()>',
  '<input autofocus onfocus=pwned()>',
  '<object data="javascript:pwned()">',
  'Teacup\r\nBcc: all@example.com',
  'Teacup\u2028\u202eevil',
  '<style>@import "//example.com/x.css"</style>',
  '<base href="//example.com/">',
  '<meta http-equiv="refresh" content="0;url=javascript:pwned()">',
]
