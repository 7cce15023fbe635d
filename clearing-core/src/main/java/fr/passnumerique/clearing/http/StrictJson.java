package fr.passnumerique.clearing.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as the HTTP endpoints read it: nothing is guessed, converted or passed over in silence.
 *
 * <p>A misspelt optional field that is ignored, a SIRET sent as a number that loses its leading
 * zero, 10.50 read as 10 cents: each moves the wrong money without a word. A record's components
 * are required unless they are {@code Optional} or {@code @Nullable}.
 */
public final class StrictJson {
  /** Deeper than any request of ours by an order of magnitude. */
  private static final int MAX_DEPTH = 32;

  /**
   * Enough to say that 10 to the 40th is out of range, and not to spend a second on a million
   * digits.
   */
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final int MAX_NAME_LENGTH = 200;
  private static final int MAX_TEXT_LENGTH = 100_000;

  /**
   * What stands twice in an object is found as its tree is made; to look for it before too costs.
   */
  private static final JsonMapper TREES = mapper(factory().build());

  private StrictJson() {}

  /**
   * For an endpoint that tells the faults of all lines at once, by its own words. The texts in it
   * are as they were sent: whoever reads them checks that they can be kept.
   *
   * @throws JacksonException with the place where it is not JSON, or JSON beyond all bounds
   */
  public static JsonNode tree(String text) {
    return TREES.readTree(text);
  }

  static JsonMapper mapper() {
    return mapper(factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  }

  private static JsonFactoryBuilder factory() {
    return JsonFactory.builder()
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        // UTF-8 it must be; StrictBody refuses what is not, with the remedy.
        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH)
                .maxStringLength(MAX_TEXT_LENGTH)
                .build());
  }

  private static JsonMapper mapper(JsonFactory factory) {
    SimpleModule texts = new SimpleModule("texts");
    texts.addDeserializer(String.class, new StoredText());
    texts.addDeserializer(LocalDate.class, new IsoText<>(LocalDate.class, StrictJson::day));
    texts.addDeserializer(Instant.class, new IsoText<>(Instant.class, LedgerYears::instant));
    return JsonMapper.builder(factory)
        // What there is none of is left out, as the API's document has it: it knows no null.
        .changeDefaultPropertyInclusion(
            usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
        .defaultLeniency(false)
        .withCoercionConfigDefaults(
            every -> {
              every.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
              every.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail);
            })
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty);
            })
        .changeDefaultNullHandling(nulls -> JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
        .annotationIntrospector(new RequiredUnlessOptional())
        .addModule(texts)
        .addHandler(new TellsWhatWasSent())
        .build();
  }

  /**
   * Components are required; {@code Optional} and {@code @Nullable} ones may be left out or null.
   */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> OPTIONALS =
        Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      if (member instanceof AnnotatedParameter parameter) {
        return !optional(parameter);
      }
      return super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
      if (annotated instanceof AnnotatedParameter parameter && optional(parameter)) {
        return JsonSetter.Value.forValueNulls(Nulls.SET, Nulls.FAIL);
      }
      return super.findSetterInfo(config, annotated);
    }

    private static boolean optional(AnnotatedParameter parameter) {
      if (OPTIONALS.contains(parameter.getRawType())) {
        return true;
      }
      AnnotatedWithParams owner = parameter.getOwner();
      if (!(owner.getAnnotated() instanceof Executable executable)) {
        return false;
      }
      AnnotatedType[] types = executable.getAnnotatedParameterTypes();
      return parameter.getIndex() < types.length
          && types[parameter.getIndex()].isAnnotationPresent(Nullable.class);
    }
  }

  /**
   * Texts that every later step can keep: a NUL cannot be stored by PostgreSQL, half a surrogate
   * pair cannot be hashed as UTF-8, and a control character forges lines in an export.
   */
  private static final class StoredText extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    StoredText() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(String.class, parser);
      }
      String text = parser.getString();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (pair) {
          i++;
        } else if (Character.isSurrogate(c)
            || Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
          throw InvalidFormatException.from(
              parser,
              "holds the character U+%04X, which may not stand in a text".formatted((int) c),
              "",
              String.class);
        }
      }
      return text;
    }

    @Override
    public LogicalType logicalType() {
      return LogicalType.Textual;
    }
  }

  /**
   * Keeps what was sent with the fault, where the type is one that holds no secret: once the
   * exception is caught the parser is closed.
   */
  private static final class TellsWhatWasSent extends DeserializationProblemHandler {
    @Override
    public Object handleUnexpectedToken(
        DeserializationContext context,
        JavaType target,
        JsonToken token,
        JsonParser parser,
        String message) {
      if (token != null
          && token.isScalarValue()
          && token != JsonToken.VALUE_NULL
          && JsonProblems.harmless(target.getRawClass())) {
        throw InvalidFormatException.from(
            parser, "of another type", parser.getString(), target.getRawClass());
      }
      return NOT_HANDLED;
    }
  }

  /** Four digits of year: {@code +12026-10-01} is a slip of the keyboard. */
  private static LocalDate day(String text) {
    if (text.length() != 10) {
      throw new DateTimeException("not a day");
    }
    return LedgerYears.day(text);
  }

  /** A day or an instant written as text; Jackson takes lists and numbers as well. */
  private static final class IsoText<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    IsoText(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (T) context.handleUnexpectedToken(handledType(), parser);
      }
      String text = parser.getString();
      try {
        return parse.apply(text);
      } catch (LedgerYears.Outside e) {
        throw InvalidFormatException.from(parser, LedgerYears.RULE, text, handledType());
      } catch (DateTimeException e) {
        throw InvalidFormatException.from(parser, "not ISO 8601", text, handledType());
      }
    }

    @Override
    public LogicalType logicalType() {
      return LogicalType.DateTime;
    }
  }
}
