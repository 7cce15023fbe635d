package fr.passnumerique.projections.asked;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What each role may do, as the catalog of a migrated database tells it, compared with {@code
 * grants.txt}: a grant more, or one less, is read there by whoever reviews a migration. What every
 * table of a schema is granted when it is made is written once.
 */
class EveryGrantIT {
  private static final String GRANTS =
      """
      with granted as (
        select a.grantee, n.nspname || '.' || c.relname as name, a.privilege_type, null as attname, 0 as attnum
          from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
         where a.grantee <> c.relowner and c.relkind in ('r', 'p', 'v', 'm', 'S')
        union all
        select a.grantee, n.nspname || '.' || c.relname, a.privilege_type, t.attname, t.attnum
          from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace,
               aclexplode(t.attacl) a
        union all
        select a.grantee, n.nspname || '.' || p.proname || '()', a.privilege_type, null, 0
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(p.proacl) a
         where a.grantee <> p.proowner
        union all
        select a.grantee, 'schema ' || n.nspname, a.privilege_type, null, 0
          from pg_namespace n, aclexplode(n.nspacl) a where a.grantee <> n.nspowner
        union all
        select a.grantee, 'every table of schema ' || n.nspname, a.privilege_type, null, 0
          from pg_default_acl d join pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
         where d.defaclobjtype = 'r'
      ), told as (
        select g.role, g.name, string_agg(g.what, ', ' order by g.what) as what
          from (select coalesce(r.rolname, 'everybody') as role, g.name,
                       lower(g.privilege_type)
                       || coalesce(' (' || string_agg(g.attname, ', ' order by g.attnum) || ')', '') as what
                  from granted g left join pg_roles r on r.oid = g.grantee
                 where g.name !~ '^(schema )?(pg_catalog|information_schema|pg_toast)'
                   and coalesce(r.rolname, '') !~ '^pg_'
                 group by r.rolname, g.name, g.privilege_type) g
         group by g.role, g.name
      )
      select t.role || ': ' || t.name || ': ' || t.what
        from told t
       where not exists (select from told d where d.role = t.role and d.what = t.what
                            and d.name = 'every table of schema ' || split_part(t.name, '.', 1))
       union all
      select m.rolname || ': ' || r.rolname || ': '
             || concat_ws(', ', case when a.inherit_option then 'inherits it' end,
                          case when a.set_option then 'may take it on' end,
                          case when a.admin_option then 'may give it away' end)
        from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
       where m.rolname in ('pass_clearing', 'pass_projections', 'pass_reader', 'pass_asker')
       union all
      select rolname || ': ' || concat_ws(', ', case when rolcanlogin then 'may log in' else 'nobody logs in' end,
             case when rolsuper then 'superuser' end, case when rolbypassrls then 'passes row security by' end,
             case when rolcreaterole then 'makes roles' end, case when rolcreatedb then 'makes databases' end)
        from pg_roles where rolname ~ '^pass_'
       order by 1
      """;

  private static TestDatabase database;

  @BeforeAll
  static void migrated() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void dropped() {
    database.close();
  }

  @Test
  void everyRoleMayWhatIsWrittenDownAndNothingElse() throws Exception {
    assertThat(String.join("\n", rows(GRANTS))).isEqualTo(written());
  }

  /** What reads can change nothing; what writes the ledger can take nothing back. */
  @Test
  void whoReadsWritesNothingAndNobodyChangesTheLedger() throws Exception {
    String may =
        """
        select r || ' ' || c.oid::regclass || ' ' || p
          from unnest(array['pass_reader', 'pass_asker', 'pass_projections', 'pass_clearing']) r,
               pg_class c join pg_namespace n on n.oid = c.relnamespace,
               unnest(array['insert', 'update', 'delete', 'truncate', 'trigger', 'references']) p
         where n.nspname in ('ledger', 'vault', 'access', 'projections', 'pass_migrations')
           and c.relkind in ('r', 'p', 'v', 'm') and has_table_privilege(r, c.oid, p)
        """;
    assertThat(rows(may))
        .isNotEmpty()
        .noneMatch(grant -> grant.startsWith("pass_reader ") || grant.startsWith("pass_asker "))
        .noneMatch(
            grant ->
                grant.contains(" ledger.event ")
                    && !grant.equals("pass_clearing ledger.event insert"))
        .noneMatch(
            grant -> grant.startsWith("pass_projections ") && !grant.contains(" projections."))
        .noneMatch(grant -> grant.startsWith("pass_clearing ") && grant.contains(" projections."));
  }

  private static String written() throws IOException {
    try (InputStream grants = EveryGrantIT.class.getResourceAsStream("grants.txt")) {
      return new String(grants.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
