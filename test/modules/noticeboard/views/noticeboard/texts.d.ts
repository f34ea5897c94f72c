// Written by `npm run portal -- texts` from nl.json.
import '../../../../../src/platform/i18n/texts.ts'
declare module '../../../../../src/platform/i18n/texts.ts' {
  interface TextParams {
    'noticeboard.activity.noticeboard.putUp': { length: string | number }
    'noticeboard.empty': object
    'noticeboard.hanging': { count: number }
    'noticeboard.index.title': object
    'noticeboard.look': object
    'noticeboard.news.none': object
    'noticeboard.none': object
    'noticeboard.put': object
    'noticeboard.tab.notes': object
    'noticeboard.text': object
    'noticeboard.todo.read.button': object
    'noticeboard.todo.read.text': object
    'noticeboard.todo.read.title': { count: number }
    'noticeboard.widget-newest.title': object
  }
}
