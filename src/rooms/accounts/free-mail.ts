/** Domains where anybody gets a mailbox: the list a firm starts from when it asks for business addresses. */
export const defaultFreeMail: readonly string[] = [
  'gmail.com', 'googlemail.com', 'hotmail.com', 'hotmail.nl', 'hotmail.be', 'hotmail.co.uk', 'hotmail.de', 'hotmail.fr',
  'outlook.com', 'outlook.nl', 'outlook.be', 'outlook.de', 'outlook.fr', 'live.com', 'live.nl', 'live.be', 'live.co.uk', 'msn.com', 'passport.com',
  'icloud.com', 'me.com', 'mac.com',
  'yahoo.com', 'yahoo.nl', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'yahoo.es', 'yahoo.it', 'ymail.com', 'rocketmail.com', 'aol.com',
  'proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me', 'tutanota.com', 'tutamail.com', 'tuta.io', 'tuta.com', 'startmail.com', 'soverin.nl',
  'gmx.com', 'gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch', 'web.de', 'freenet.de', 't-online.de', 'mail.com', 'email.com', 'mailbox.org', 'posteo.de', 'posteo.net',
  'orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'libero.it', 'virgilio.it', 'wp.pl', 'o2.pl', 'onet.pl', 'interia.pl', 'seznam.cz', 'abv.bg',
  'mail.ru', 'yandex.ru', 'yandex.com', 'bk.ru', 'list.ru', 'rambler.ru', 'ukr.net', 'qq.com', '163.com', '126.com', 'naver.com', 'rediffmail.com',
  'zoho.com', 'zohomail.eu', 'fastmail.com', 'fastmail.fm', 'hushmail.com', 'hey.com', 'inbox.com', 'inbox.lv',
  'ziggo.nl', 'kpnmail.nl', 'kpnplanet.nl', 'planet.nl', 'hetnet.nl', 'home.nl', 'casema.nl', 'chello.nl', 'upcmail.nl', 'quicknet.nl', 'multiweb.nl',
  'xs4all.nl', 'telfort.nl', 'telfortglasvezel.nl', 'tele2.nl', 'online.nl', 'onsbrabantnet.nl', 'onsnetnuenen.nl', 'caiway.nl', 'caiway.net', 'kabelfoon.nl',
  'zeelandnet.nl', 'solcon.nl', 'solcon.com', 'freeler.nl', 'zonnet.nl', 'wxs.nl', 'versatel.nl', '12move.nl', 'tiscali.nl', 'wanadoo.nl', 'orange.nl',
  'filternet.nl', 'hccnet.nl', 'concepts.nl', 'plex.nl', 'glasoperator.nl', 'skpnet.nl', 'lijbrandt.nl', 'trined.nl', 'fiber.nl', 'delta.nl', 'youfone.nl',
  'telenet.be', 'skynet.be', 'proximus.be', 'scarlet.be', 'belgacom.net', 'pandora.be', 'voo.be',
  'mailinator.com', 'guerrillamail.com', '10minutemail.com', 'temp-mail.org', 'yopmail.com', 'trashmail.com', 'sharklasers.com', 'maildrop.cc',
]
