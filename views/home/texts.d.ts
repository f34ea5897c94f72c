// Written by `npm run portal -- texts` from nl.json.
import '../../src/platform/i18n/texts.ts'
declare module '../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'home.activity.account.language': object
    'home.home.first': object
    'home.home.organisation': { role: string | number; organisation: string | number }
    'home.home.since': { when: string | number }
    'home.home.title': object
    'home.home.welcome': { back: string | number; name: string | number }
    'home.menu.all': object
    'home.menu.own': object
    'home.menu.title': object
    'home.tab.home': object
    'home.todo.until': { date: string | number }
    'home.widget-activity.first': object
    'home.widget-activity.none': object
    'home.widget-activity.title': object
    'home.widget-information.text': object
    'home.widget-information.title': object
    'home.widget-todo.none': object
    'home.widget-todo.noneStaff': object
    'home.widget-todo.title': object
  }
}
