package fr.passnumerique.clearing.territory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A département or overseas collectivity by its INSEE code: 01–95 with 2A and 2B for Corse (20 is
 * none), 971–974, 976, and 975, 977, 978, 984, 986, 987, 988, 989.
 */
public record Departement(@JsonValue String code) implements Comparable<Departement> {
  private static final Set<String> OVERSEAS =
      Set.of(
          "971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988",
          "989");

  /** Those that were asked for: as many as there are départements at most. */
  private static final Map<String, Departement> SHARED = new ConcurrentHashMap<>();

  public Departement {
    if (!exists(code)) {
      throw new IllegalArgumentException(
          "département must be an INSEE code such as 01, 2A or 974, not '%s'".formatted(code));
    }
  }

  /**
   * One object for each: what is read from facts is kept for every unpaid line.
   *
   * @throws IllegalArgumentException if there is no such département
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Departement of(String code) {
    return SHARED.computeIfAbsent(code, Departement::new);
  }

  /** Read from a snapshot, it is the one that others have. */
  Object readResolve() {
    return of(code);
  }

  /**
   * The département of a commune, from the commune's INSEE code (code officiel géographique), not
   * from its postcode.
   *
   * @return empty if the code is not one of a commune
   */
  public static Optional<Departement> ofCommune(String inseeCode) {
    if (inseeCode.length() != 5 || !inseeCode.substring(2).chars().allMatch(Departement::digit)) {
      return Optional.empty();
    }
    String code =
        inseeCode.substring(0, inseeCode.startsWith("97") || inseeCode.startsWith("98") ? 3 : 2);
    return exists(code) ? Optional.of(of(code)) : Optional.empty();
  }

  private static boolean exists(String code) {
    if (code.length() == 3) {
      return OVERSEAS.contains(code);
    }
    if (code.equals("2A") || code.equals("2B")) {
      return true;
    }
    if (code.length() != 2 || !code.chars().allMatch(Departement::digit)) {
      return false;
    }
    int number = Integer.parseInt(code);
    return number >= 1 && number <= 95 && number != 20;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public int compareTo(Departement other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
