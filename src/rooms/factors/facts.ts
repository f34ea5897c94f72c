/** Which factors the account `a` has, as JSON: a piece for any statement that selects from `account a`. */
export const factorFactsSelect = `json_build_object(
  'ownPeople', a.kind <> 'client',
  'passkey', exists (select from passkey where account_id = a.id and removed_at is null),
  'approval', exists (select from approver where account_id = a.id and removed_at is null),
  'authenticator', exists (select from authenticator where account_id = a.id and removed_at is null),
  'phone', exists (select from phone where account_id = a.id and removed_at is null),
  'backupCode', exists (select from backup_code where account_id = a.id and used_at is null and replaced_at is null),
  'backupCodeSpent', exists (select from backup_code where account_id = a.id and used_at is not null)
    and not exists (select from backup_code where account_id = a.id and used_at is null and replaced_at is null))`
