package fr.passnumerique.clearing.access;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.util.encoders.Base32;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in for a lost second factor: ten codes of 80 random bits, each once. */
final class RecoveryCodes {
  private static final int CODES = 10;
  private static final int RANDOM_BYTES = 10;

  private final JdbcClient jdbc;
  private final Clock clock;

  RecoveryCodes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How many were not used yet. */
  int left(String account) {
    return jdbc.sql(
            """
            select count(*) from access.recovery_code where account = :account and used_at is null
            """)
        .param("account", account)
        .query(Integer.class)
        .single();
  }

  /** Makes others; those of before end. They are kept as hashes. */
  List<String> renew(String account) {
    jdbc.sql("delete from access.recovery_code where account = :account")
        .param("account", account)
        .update();
    List<String> codes = Stream.generate(RecoveryCodes::random).limit(CODES).toList();
    codes.forEach(
        code ->
            jdbc.sql("insert into access.recovery_code (account, hash) values (:account, :hash)")
                .param("account", account)
                .param("hash", hash(code))
                .update());
    return codes;
  }

  /** {@code mfra-ggzb-y4tq-ue5k}. */
  private static String random() {
    return Base32.toBase32String(Totp.random(RANDOM_BYTES))
        .toLowerCase(Locale.ROOT)
        .replaceAll("(.{4})(?=.)", "$1-");
  }

  /**
   * @return whether it is one that was not used; of two that use one at the same moment one does
   */
  boolean use(String account, String code) {
    return jdbc.sql(
                """
                update access.recovery_code set used_at = :now
                where account = :account and hash = :hash and used_at is null
                """)
            .param("account", account)
            .param("hash", hash(code))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Whether it looks like one, and like no code of an authenticator. */
  static boolean wellFormed(String code) {
    return letters(code).matches("[a-z2-7]{16}");
  }

  private static byte[] hash(String code) {
    return ApiKey.hash(letters(code));
  }

  /** However it was typed: with or without hyphens, in capitals. */
  private static String letters(String code) {
    return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }
}
