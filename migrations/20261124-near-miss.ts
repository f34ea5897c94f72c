import { Migration } from '@mikro-orm/migrations'

/** A near miss of an app's code is remembered with the app, not with the session: the session's own is minutes old at most, and goes. */
export default class NearMiss extends Migration {
  override up(): void {
    this.addSql('alter table "authenticator" add column "near_miss" int null, add column "near_miss_in" uuid null')
    this.addSql('alter table "portal_session" drop column "near_miss"')
  }
}
