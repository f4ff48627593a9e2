// Reports as mail servers and mailbox providers send them back: a bounce (RFC 3464) and a complaint (ARF, RFC 5965). In: what
// they say. Out: the raw mail.

export type DeliveryReport = {
  readonly messageId: string | null
  readonly recipient: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed'
  readonly status: string
  /** Only the headers of our mail come back. */
  readonly headersOnly?: boolean
  readonly newline?: '\r\n' | '\n'
}

export function deliveryReport({ newline = '\r\n', ...report }: DeliveryReport): string {
  const { recipient, action, status, headersOnly = false } = report
  return [
    'From: MAILER-DAEMON@mx.mail.example (Mail Delivery System)',
    'To: hello@shop.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="A4711/mx.mail.example"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--A4711/mx.mail.example',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `I am sorry: <${recipient}> did not take it.`,
    '',
    '--A4711/mx.mail.example',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.mail.example',
    'Arrival-Date: Thu, 26 Nov 2026 09:00:00 +0000 (UTC)',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; said what it says in',
    `    several lines, Status: 2.0.0`,
    '',
    '--A4711/mx.mail.example',
    `Content-Type: ${headersOnly ? 'text/rfc822-headers' : 'message/rfc822'}`,
    '',
    ...ourHeaders(report.messageId, recipient),
    ...(headersOnly ? [] : ['', 'House beans, 1 kg', 'Message-ID: <not-this-one@shop.example>']),
    '',
    '--A4711/mx.mail.example--',
    '',
  ].join(newline)
}

export function complaintReport(messageId: string, type: string): string {
  return [
    'From: feedback@mail.example',
    'To: hello@shop.example',
    'Subject: FW: Your beans run out soon',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '',
    '--b1',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    ...ourHeaders(messageId, 'redacted@mail.example'),
    '',
    'House beans, 1 kg',
    '--b1--',
    '',
  ].join('\r\n')
}

function ourHeaders(messageId: string | null, recipient: string): string[] {
  return [
    'From: "The Cafe" <hello@shop.example>',
    `To: <${recipient}>`,
    ...(messageId === null ? [] : [`Message-ID: <${messageId}@shop.example>`]),
    'Subject: Your beans run out soon',
  ]
}
