/** What a mail server elsewhere writes when a mail did not arrive. `header`: of the mail that comes back. */
export interface Report {
  id: string
  action: string
  status: string
  returned: string
  header: string
  eol: string
}

/** A delivery status notification as mail servers send it (RFC 3464). */
export function report({
  id,
  action = 'failed',
  status = '5.1.1',
  returned = 'message/rfc822',
  header = `Message-ID: <${id}@portal.example>`,
  eol = '\r\n',
}: Partial<Report> & { id: string }): string {
  return `From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: no-reply@portal.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example. Your message could not be delivered.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Fri, 20 Nov 2026 11:00:00 +0100 (CET)

Final-Recipient: rfc822; jan@voorbeeld.nl
Original-Recipient: rfc822;jan@voorbeeld.nl
Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.voorbeeld.nl
Diagnostic-Code: smtp; 550 5.1.1 <jan@voorbeeld.nl>: no such user

--edge
Content-Type: ${returned}

From: "De firma" <no-reply@portal.example>
To: jan@voorbeeld.nl
${header}
Subject: Welkom

Beste Jan

--edge--
`.replace(/\r?\n/g, eol)
}
