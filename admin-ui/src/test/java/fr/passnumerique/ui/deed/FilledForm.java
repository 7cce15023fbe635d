package fr.passnumerique.ui.deed;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A form as it comes from a page, for tests of what becomes of it. */
public final class FilledForm {
  private FilledForm() {}

  public static Entries of(List<Field> fields, Map<String, String> values) {
    return Entries.sent(fields, UUID.randomUUID(), field -> values.getOrDefault(field.name(), ""));
  }
}
