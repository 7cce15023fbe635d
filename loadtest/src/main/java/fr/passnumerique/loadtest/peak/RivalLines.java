package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;

/**
 * The lines of a slip, or of several one after the other, as the rival's statements take them: a
 * column each, within a slip in order of serial.
 */
final class RivalLines {
  private static final int DIGEST_BYTES = 16;

  /** A slip has no more lines than this many bits count. */
  private static final int PLACE_BITS = 10;

  private final short[] places;
  private final long[] serials;
  private final int[] checkParts;
  private final int[] sites;
  private final int[] servedOn;
  private final short[] services;

  /** False for a line that repeats an earlier one of its slip, check part and all. */
  private final boolean[] mayBeSpent;

  /** Whether an earlier line of its slip has the same serial, whatever its check part. */
  private final boolean[] repeats;

  private int filled;

  private RivalLines(int lines) {
    places = new short[lines];
    serials = new long[lines];
    checkParts = new int[lines];
    sites = new int[lines];
    servedOn = new int[lines];
    services = new short[lines];
    mayBeSpent = new boolean[lines];
    repeats = new boolean[lines];
  }

  /**
   * @param servicesOfSites by site
   */
  static RivalLines of(Iterable<Slip> slips, short[] servicesOfSites) {
    int lines = 0;
    for (Slip slip : slips) {
      lines += slip.lines();
    }
    RivalLines all = new RivalLines(lines);
    slips.forEach(slip -> all.add(slip, servicesOfSites));
    return all;
  }

  private void add(Slip slip, short[] servicesOfSites) {
    int first = filled;
    for (long key : bySerial(slip)) {
      int place = (int) (key & ((1 << PLACE_BITS) - 1));
      int at = filled++;
      places[at] = (short) place;
      serials[at] = slip.serials()[place];
      checkParts[at] = slip.checkParts()[place];
      sites[at] = slip.sites()[place];
      servedOn[at] = slip.servedOn()[place];
      services[at] = servicesOfSites[sites[at]];
      mayBeSpent[at] = true;
      for (int earlier = at - 1; earlier >= first && serials[earlier] == serials[at]; earlier--) {
        repeats[at] = true;
        if (checkParts[earlier] == checkParts[at]) {
          mayBeSpent[at] = false;
        }
      }
    }
  }

  /**
   * @param first number of the first parameter, of eight
   */
  void bind(PreparedStatement statement, int first, PGConnection pg) throws SQLException {
    statement.setArray(first, pg.createArrayOf("int2", places));
    statement.setArray(first + 1, pg.createArrayOf("int8", serials));
    statement.setArray(first + 2, pg.createArrayOf("int4", checkParts));
    statement.setArray(first + 3, pg.createArrayOf("int4", sites));
    statement.setArray(first + 4, pg.createArrayOf("int4", servedOn));
    statement.setArray(first + 5, pg.createArrayOf("int2", services));
    statement.setArray(first + 6, pg.createArrayOf("bool", mayBeSpent));
    statement.setArray(first + 7, pg.createArrayOf("bool", repeats));
  }

  String json() {
    return """
    {"places": %s, "serials": %s, "check_parts": %s, "sites": %s, "served_on": %s, "services": %s, "may_be_spent": %s, "repeats": %s}\
    """
        .formatted(
            Arrays.toString(places),
            Arrays.toString(serials),
            Arrays.toString(checkParts),
            Arrays.toString(sites),
            Arrays.toString(servedOn),
            Arrays.toString(services),
            Arrays.toString(mayBeSpent),
            Arrays.toString(repeats));
  }

  /** Serials in their order, each with its place in the lowest bits. */
  private static long[] bySerial(Slip slip) {
    long[] keys = new long[slip.lines()];
    for (int place = 0; place < keys.length; place++) {
      keys[place] = slip.serials()[place] << PLACE_BITS | place;
    }
    Arrays.sort(keys);
    return keys;
  }

  /** Of the lines in their order, as a retry is told from another slip. */
  static byte[] digest(Slip slip) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      ByteBuffer lines = ByteBuffer.allocate(slip.lines() * 20);
      for (int i = 0; i < slip.lines(); i++) {
        lines
            .putLong(slip.serials()[i])
            .putInt(slip.checkParts()[i])
            .putInt(slip.sites()[i])
            .putInt(slip.servedOn()[i]);
      }
      sha.update(slip.reference().getBytes(US_ASCII));
      return Arrays.copyOf(sha.digest(lines.array()), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
