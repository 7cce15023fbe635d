package fr.passnumerique.ui.demo;

import java.math.BigInteger;
import org.iban4j.CountryCode;
import org.iban4j.Iban;

/** French accounts that look right and belong to nobody: bank code 00000 is no bank's. */
final class DemoIban {
  private static final String BANK = "00000";
  private static final String BRANCH = "00000";

  private DemoIban() {}

  static String of(long number) {
    String account = "%011d".formatted(number);
    return new Iban.Builder()
        .countryCode(CountryCode.FR)
        .bankCode(BANK)
        .branchCode(BRANCH)
        .accountNumber(account)
        .nationalCheckDigit(key(account))
        .build()
        .toString();
  }

  /** The RIB key (clé RIB) of the account. */
  private static String key(String account) {
    BigInteger weighted = new BigInteger(account).multiply(BigInteger.valueOf(3));
    int key = 97 - weighted.mod(BigInteger.valueOf(97)).intValue();
    return "%02d".formatted(key);
  }
}
