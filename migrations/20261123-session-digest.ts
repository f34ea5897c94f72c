import { Migration } from '@mikro-orm/migrations'

/** Browser sessions go on under the SHA-256 of their id: nobody is signed out by it. */
export default class SessionDigest extends Migration {
  override up(): void {
    this.addSql(`update browser_session set sid = encode(sha256(convert_to(sid, 'UTF8')), 'hex')`)
  }
}
