package fr.passnumerique.clearing.refund;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.settlement.TransferId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifications of refunds at the bank. Made from digests and without a hyphen, so that none is
 * that of a settlement run's transfer, which ends with a hyphen and its number.
 */
final class RefundFile {
  private static final int BYTES = 10;

  private RefundFile() {}

  /** By which the bank tells a file sent twice; 22 characters. */
  static String messageId(RefundOrderId order) {
    return "RB" + digest("refund|" + order);
  }

  /** The end-to-end identification of a note's transfer in an order; 22 characters. */
  static TransferId transferId(RefundOrderId order, CreditNoteId note) {
    return new TransferId("AV" + digest("refund|" + order + "|" + note));
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(hash(bytes));
  }

  private static String digest(String text) {
    return HexFormat.of().withUpperCase().formatHex(hash(text.getBytes(UTF_8)), 0, BYTES);
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
