package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.Line;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a line of a slip word by word. Nine tenths of a ledger are such lines, and whoever folds it
 * from the beginning spends most of the time in reading them: bound by reflection, like every other
 * part of a fact, a line takes three times as long. As strict as there: an unknown, missing or null
 * field is an error.
 */
final class SlipLineReader extends StdDeserializer<Line> {
  private static final int NO_VISIT = -1;

  SlipLineReader() {
    super(Line.class);
  }

  @Override
  public Line deserialize(JsonParser json, DeserializationContext context) {
    if (!json.isExpectedStartObjectToken()) {
      return (Line) context.handleUnexpectedToken(getValueType(context), json);
    }
    Serial cheque = null;
    int visit = NO_VISIT;
    Verdict rejected = null;
    LocalDate on = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken value = json.nextToken();
      try {
        switch (name) {
          case "cheque" -> cheque = Serial.parse(text(value, name, json, context));
          case "visit" -> visit = _parseIntPrimitive(json, context);
          case "rejected" -> rejected = Verdict.valueOf(text(value, name, json, context));
          case "on" -> on = LocalDate.parse(text(value, name, json, context));
          default -> context.handleUnknownProperty(json, this, Line.class, name);
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        return context.reportInputMismatch(this, "%s of a line: %s", name, e.getMessage());
      }
    }
    if (visit < 0) {
      return context.reportInputMismatch(this, "a line of a slip names its visit, from 0");
    }
    return new Line(
        Optional.ofNullable(cheque), visit, Optional.ofNullable(rejected), Optional.ofNullable(on));
  }

  private String text(
      @Nullable JsonToken value, String name, JsonParser json, DeserializationContext context) {
    return value == JsonToken.VALUE_STRING
        ? json.getString()
        : context.reportInputMismatch(this, "%s of a line must be a text", name);
  }
}
