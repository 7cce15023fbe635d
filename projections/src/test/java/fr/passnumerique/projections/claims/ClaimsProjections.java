package fr.passnumerique.projections.claims;

import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.loop.Projection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Lends the claim index to the tests of others. */
public final class ClaimsProjections {
  private ClaimsProjections() {}

  public static Projection claims() {
    return new ClaimsProjection();
  }

  /** How many cheques are redeemed and not released, by what the last row of each chunk says. */
  public static long claimed(DataSource dataSource) throws SQLException {
    return Following.number(
        dataSource,
        """
        select coalesce(sum(bit_count(c.claimed)), 0)
          from (select distinct on (chunk) claimed from projections.claim order by chunk, position desc) c
        """);
  }
}
