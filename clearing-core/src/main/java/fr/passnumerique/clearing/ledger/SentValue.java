package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.vault.VaultReference;
import java.lang.reflect.RecordComponent;
import java.time.temporal.Temporal;
import java.util.Optional;

/**
 * What the field at fault had in a command that is refused, so that no decision has to repeat it.
 * Numbers, days, words of ours and identifiers are told; a free text is not, since it may name a
 * person, nor a list, of which the message says which entry is meant.
 */
final class SentValue {
  private SentValue() {}

  static Refusal toldIn(Refusal refusal, Command<?> command) {
    if (!refusal.value().isEmpty() || refusal.field().isEmpty()) {
      return refusal;
    }
    RecordComponent[] components = command.getClass().getRecordComponents();
    if (components != null) {
      for (RecordComponent component : components) {
        if (isOf(refusal.field(), component.getName())) {
          return refusal.withValue(shown(valueOf(component, command)));
        }
      }
    }
    return refusal;
  }

  /** What a path has as its {@code venueId} is the command's {@code venue}. */
  private static boolean isOf(String field, String component) {
    return field.equals(component) || field.equals(component + "Id");
  }

  private static Object valueOf(RecordComponent component, Object of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shown(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(SentValue::shown).orElse("");
      case Number number -> number.toString();
      case Temporal day -> day.toString();
      case Enum<?> word -> word.name();
      case VaultReference _ -> "";
      case Record identifier when identifier.getClass().getRecordComponents().length == 1 ->
          identifier.toString();
      default -> "";
    };
  }
}
