import { Migration } from '@mikro-orm/migrations'

/** What an installation knows of its keys: by what a master key is known again, and keys of its own, wrapped. The application's role sees neither. */
export default class Keys extends Migration {
  override up(): void {
    this.addSql(
      'create table master_key (id text not null, fingerprint text not null, first_used_at timestamptz not null, primary key (id))',
    )
    this.addSql('create table installation_key (name text not null, wrapped text not null, primary key (name))')
  }
}
