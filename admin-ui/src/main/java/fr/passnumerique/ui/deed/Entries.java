package fr.passnumerique.ui.deed;

import fr.passnumerique.ui.words.French;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A form with what somebody entered: each field's value, kept as it was typed, and what is wrong
 * with it. The readings below are for a form without faults; they fail otherwise.
 */
public final class Entries {
  private final List<Field> fields;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> faults = new LinkedHashMap<>();

  private final UUID key;

  private Entries(List<Field> fields, UUID key) {
    this.fields = fields;
    this.key = key;
  }

  /** What nobody has filled in yet: as {@code proposed}, by names of fields. */
  static Entries proposing(List<Field> fields, Map<String, String> proposed) {
    Entries entries = new Entries(fields, UUID.randomUUID());
    fields.forEach(
        field -> entries.values.put(field.name(), proposed.getOrDefault(field.name(), "")));
    return entries;
  }

  /** What was sent, with the faults that the form itself sees. */
  static Entries sent(List<Field> fields, UUID key, Function<Field, String> sent) {
    Entries entries = new Entries(fields, key);
    for (Field field : fields) {
      String value = sent.apply(field);
      entries.values.put(field.name(), field.kind() == Field.Kind.FILE ? value : value.strip());
      field
          .faultOf(entries.values.getOrDefault(field.name(), ""))
          .ifPresent(fault -> entries.faults.put(field.name(), fault));
    }
    return entries;
  }

  /**
   * Made when the form was first shown, and the same until it is done: what names the thing that an
   * operation makes, where no field does, so that a form sent twice makes one.
   */
  public UUID key() {
    return key;
  }

  public boolean withFile() {
    return fields.stream().anyMatch(field -> field.kind() == Field.Kind.FILE);
  }

  public List<Field> fields() {
    return fields;
  }

  /** As it was typed; of a file its bytes, one a character. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** A sentence for who typed it; empty for none. */
  public String fault(String field) {
    return faults.getOrDefault(field, "");
  }

  public boolean faulty() {
    return !faults.isEmpty();
  }

  /** The same, before anybody has looked at it. */
  Entries untold() {
    faults.clear();
    return this;
  }

  /** What the operation or the deed says is wrong with a field; nothing if there is no such one. */
  void blame(String field, String fault) {
    if (values.containsKey(field)) {
      faults.putIfAbsent(field, fault);
    }
  }

  /**
   * What was left to the operation, such as the next carnets of a stock, once that has told it in
   * its dry run: asked, confirmed and kept as if it had been typed.
   */
  public void settle(String field, String value) {
    values.replace(field, value);
  }

  // -- readings

  public String text(String field) {
    String value = value(field);
    if (value.isEmpty()) {
      throw new IllegalStateException("nothing is entered in " + field);
    }
    return value;
  }

  /** Of a field that may be left empty. */
  public Optional<String> given(String field) {
    return Optional.of(value(field)).filter(value -> !value.isEmpty());
  }

  public <T> T as(String field, Function<String, T> reading) {
    return reading.apply(text(field));
  }

  /** What is chosen of several, in the order in which it was sent. */
  public List<String> chosen(String field) {
    return given(field).map(values -> List.of(values.split(Field.PARTED))).orElse(List.of());
  }

  public long cents(String field) {
    return French.cents(text(field)).orElseThrow();
  }

  public LocalDate day(String field) {
    return French.day(text(field)).orElseThrow();
  }

  public byte[] file(String field) {
    return text(field).getBytes(StandardCharsets.ISO_8859_1);
  }
}
