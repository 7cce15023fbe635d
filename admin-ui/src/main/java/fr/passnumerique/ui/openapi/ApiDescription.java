package fr.passnumerique.ui.openapi;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.TableFormat;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;

/**
 * Describes every endpoint: who may call it ({@code x-roles}), whose subject it is about ({@code
 * x-owner}), and every way it can refuse.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:fr/passnumerique/ui/openapi/openapi.properties")
public class ApiDescription {
  /** Extension of an operation: the roles that may call it, by name; absent where all may. */
  public static final String ROLES = "x-roles";

  /** Extension of an operation: what names the subject, as in {@link Permit#owner}. */
  public static final String OWNER = "x-owner";

  /** Extension of an operation: true where no account is needed. */
  public static final String EVERYONE = "x-everyone";

  /** Extension of an operation: true where whoever asks has shown a second factor. */
  public static final String SECOND_FACTOR = "x-second-factor";

  private static final String KEY = "apiKey";
  private static final String KEY_HEADER = "apiKeyHeader";
  private static final String SESSION = "session";
  private static final String KEY_PARAMETER = "IdempotencyKey";

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(Actor.class, Progress.class, TableDownload.class)
        // Identifiers and départements are values, as files are; a record of several components is
        // a set of parameters.
        .addSimpleTypePredicateForParameterObject(
            type ->
                MultipartFile.class.isAssignableFrom(type)
                    || type.isRecord() && type.getRecordComponents().length == 1);
  }

  /**
   * One way to refuse.
   *
   * @param name of the response under {@code components}
   */
  private record Refused(String name, String description) {}

  private static final Map<String, Refused> REFUSALS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "400",
                  new Refused(
                      "BadRequest",
                      "The request cannot be read: malformed, a field missing, unknown, of the"
                          + " wrong type or out of range, or another encoding than UTF-8")),
              Map.entry(
                  "401", new Refused("Unauthenticated", "No account: send an API key, or log in")),
              Map.entry(
                  "403",
                  new Refused(
                      "Forbidden",
                      "The account's role does not permit it, a session came without its CSRF"
                          + " token, or without the second factor that the operation asks for")),
              Map.entry(
                  "404",
                  new Refused("NotFound", "It does not exist, or is not the asker's to know")),
              Map.entry(
                  "406",
                  new Refused("NotAcceptable", "There is no answer of the media type asked")),
              Map.entry(
                  "409",
                  new Refused(
                      "Conflict",
                      "The identifier is taken by other contents, or the state has moved on")),
              Map.entry("413", new Refused("TooLarge", "The body is larger than the limit")),
              Map.entry(
                  "415",
                  new Refused("UnsupportedMediaType", "The body is of a media type not read here")),
              Map.entry(
                  "422",
                  new Refused(
                      "RuleForbids",
                      "A rule of the domain forbids it; or the `Idempotency-Key` came first with"
                          + " another request (`IDEMPOTENCY_KEY_REUSED`)")),
              Map.entry(
                  "429",
                  new Refused(
                      "TooMany",
                      "The node works on as many requests as it takes at once, and nothing of this"
                          + " one was looked at (`TOO_BUSY`); or too many attempts of the account"
                          + " failed. Send the same request again after `Retry-After`")),
              Map.entry(
                  "500",
                  new Refused(
                      "Failed", "A failure of the engine's own; tells its incident number")),
              Map.entry(
                  "503",
                  new Refused(
                      "Unavailable",
                      "The ledger or the database cannot be reached, or what is asked for may be in"
                          + " facts that the projection does not hold yet, or others print already"
                          + " (`PRINTING_BUSY`): send the same request"
                          + " again; `KEY_MISSING`: the node has no key of this cheque's check"
                          + " part, as after a take-over, and answers once the key is brought"))));

  @Bean
  OpenAPI api() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Pass numérique: clearing")
                .version("1")
                .description(
                    """
                    Amounts are integer cents, days are ISO 8601 in Europe/Paris, instants are UTC.
                    Whatever is refused is answered as RFC 9457 problem details with a stable `code`.
                    A request that records something names it by an identifier of the client's own:
                    sent again unchanged it is answered with what was recorded, and adds nothing.
                    `Idempotency-Key` holds a request to what it was: the same key with another
                    request is refused (422 `IDEMPOTENCY_KEY_REUSED`) for 30 days.
                    A second person is one who could not have acted as the first: whoever made an
                    account, or a password or a key of it, is none for it, nor it for that one.
                    `x-roles` names the roles that may call an operation, `x-owner` the parameter or
                    field that must be the account's own subject; another's is answered 404. Operations with
                    `x-second-factor` are for sessions and API keys behind which a second factor
                    stands, where the operator requires one (403 `SECOND_FACTOR_REQUIRED`).\
                    """)
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addParameters(KEY_PARAMETER, idempotencyKey())
                .addSecuritySchemes(
                    KEY,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("pn_…")
                        .description("An API key"))
                .addSecuritySchemes(
                    KEY_HEADER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("X-API-Key")
                        .description("An API key, for clients that cannot send Authorization"))
                .addSecuritySchemes(
                    SESSION,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("JSESSIONID")
                        .description(
                            "A browser's session; what changes something needs the header"
                                + " X-CSRF-TOKEN as well")));
  }

  @Bean
  ModelResolver schemas(ObjectMapperProvider mappers) {
    return new ModelResolver(mappers.jsonMapper(), new SchemaNames()).openapi31(true);
  }

  @Bean
  NamedKinds namedKinds() {
    return new NamedKinds();
  }

  @Bean
  RequiredComponents requiredComponents() {
    return new RequiredComponents();
  }

  @Bean
  OperationCustomizer rulesAndRefusals() {
    return ApiDescription::describe;
  }

  private static Operation describe(Operation operation, HandlerMethod handler) {
    String path = handler.getBeanType().getPackageName();
    operation.setTags(List.of(path.substring(path.lastIndexOf('.') + 1)));
    withoutActor(operation, handler);
    withFormat(operation, handler);
    withIdempotencyKey(operation, handler);
    Permit permit = handler.getMethodAnnotation(Permit.class);
    boolean everyone = permit != null && permit.everyone();
    if (everyone) {
      operation.addExtension(EVERYONE, true);
      operation.setSecurity(List.of());
    } else if (permit != null) {
      operation.addExtension(
          ROLES, Arrays.stream(permit.value()).map(Role::name).sorted().toList());
      if (permit.owner().length > 0) {
        operation.addExtension(OWNER, List.of(permit.owner()));
      }
      if (permit.secondFactor()) {
        operation.addExtension(SECOND_FACTOR, true);
      }
      operation.setSecurity(
          List.of(
              new SecurityRequirement().addList(KEY),
              new SecurityRequirement().addList(KEY_HEADER),
              new SecurityRequirement().addList(SESSION)));
    }
    ApiResponses responses = operation.getResponses();
    if (responses == null) {
      responses = new ApiResponses();
      operation.setResponses(responses);
    }
    Examples.of(operation.getOperationId()).addTo(operation);
    firstTimeAndAgain(responses, handler);
    for (Map.Entry<String, Refused> refusal : REFUSALS.entrySet()) {
      boolean possible =
          switch (refusal.getKey()) {
            case "401", "403" -> !everyone;
            case "409" -> changes(handler);
            case "422" -> changes(handler) || asksForAMoment(operation);
            case "413", "415" -> operation.getRequestBody() != null;
            default -> true;
          };
      if (possible && !responses.containsKey(refusal.getKey())) {
        responses.addApiResponse(
            refusal.getKey(),
            new ApiResponse().$ref("#/components/responses/" + refusal.getValue().name()));
      }
    }
    return operation;
  }

  /** Who asks is told by key or session; as an {@code Optional} it would pass for a parameter. */
  private static void withoutActor(Operation operation, HandlerMethod handler) {
    if (operation.getParameters() == null) {
      return;
    }
    for (MethodParameter parameter : handler.getMethodParameters()) {
      if (parameter.nestedIfOptional().getNestedParameterType() == Actor.class) {
        String name = parameter.getParameter().getName();
        operation.getParameters().removeIf(described -> name.equals(described.getName()));
      }
    }
  }

  /** The format of a table that is sent as a file. */
  private static void withFormat(Operation operation, HandlerMethod handler) {
    TableExport export = handler.getMethodAnnotation(TableExport.class);
    if (export != null) {
      StringSchema schema = new StringSchema();
      Arrays.stream(TableFormat.values()).map(Enum::name).forEach(schema::addEnumItem);
      schema.setDefault(export.otherwise().name());
      operation.addParametersItem(
          new QueryParameter()
              .name(TableDownload.PARAMETER)
              .description(TableFormat.DESCRIPTION)
              .required(false)
              .schema(schema));
    }
  }

  /** What changes something may bear a key; a stranger has nobody to whom a key could belong. */
  private static void withIdempotencyKey(Operation operation, HandlerMethod handler) {
    Permit permit = handler.getMethodAnnotation(Permit.class);
    if (changes(handler) && permit != null && !permit.everyone()) {
      operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + KEY_PARAMETER));
    }
  }

  private static HeaderParameter idempotencyKey() {
    HeaderParameter parameter = new HeaderParameter();
    parameter
        .name("Idempotency-Key")
        .required(false)
        .description(
            """
            A name of the client's own for this request, a UUID say, with or without quotation \
            marks: 1 to 255 visible ASCII characters without spaces, quotation marks, commas and \
            backslashes (400 `IDEMPOTENCY_KEY_MALFORMED`). With it, another method, address, \
            parameter or body than those that the key came with first is refused (422 \
            `IDEMPOTENCY_KEY_REUSED`), for 30 days and for each account by itself; the same, byte \
            by byte (of an upload: part by part), is answered with what was recorded, also where \
            the first answer was lost, and is judged anew where the first was refused. Keys are \
            taken by whatever came with them, a refused request too, and not by a dry run.\
            """)
        .example("5f0c7a8e-7f5a-4f0e-9a55-0f8f3f1f8f6b")
        .schema(new StringSchema().minLength(1).maxLength(257));
    return parameter;
  }

  /** What records something answers 201 the first time and 200 when it is sent again. */
  private static void firstTimeAndAgain(ApiResponses responses, HandlerMethod handler) {
    ApiResponse ok = responses.get("200");
    if (ok != null
        && !responses.containsKey("201")
        && handler.hasMethodAnnotation(PostMapping.class)
        && handler.getReturnType().getParameterType() == ResponseEntity.class) {
      ok.setDescription("Recorded before, nothing was added; or a dry run");
      responses.addApiResponse(
          "201", new ApiResponse().description("Recorded now").content(ok.getContent()));
    }
  }

  /** A moment that cannot be told exactly is refused. */
  private static boolean asksForAMoment(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream().anyMatch(p -> "asOfPosition".equals(p.getName()));
  }

  private static boolean changes(HandlerMethod handler) {
    RequestMapping mapping = handler.getMethodAnnotation(RequestMapping.class);
    return mapping == null || !List.of(mapping.method()).contains(RequestMethod.GET);
  }

  /** The problem and the ways to refuse, which every operation refers to. */
  @Bean
  GlobalOpenApiCustomizer problems() {
    return api -> {
      ResolvedSchema problem =
          ModelConverters.getInstance(true)
              .resolveAsResolvedSchema(new AnnotatedType(ProblemBody.class).resolveAsRef(true));
      problem.referencedSchemas.forEach(api.getComponents()::addSchemas);
      REFUSALS.forEach(
          (status, refused) ->
              api.getComponents().addResponses(refused.name(), response(status, refused, problem)));
    };
  }

  private static ApiResponse response(String status, Refused refused, ResolvedSchema problem) {
    ApiResponse response =
        new ApiResponse()
            .description(refused.description())
            .content(
                new Content()
                    .addMediaType(
                        ProblemBody.MEDIA_TYPE,
                        new MediaType().schema(new Schema<>().$ref(problem.schema.get$ref()))));
    if (status.equals("429") || status.equals("503")) {
      response.addHeaderObject(
          "Retry-After",
          new Header()
              .description("Seconds to wait")
              .schema(new JsonSchema().types(Set.of("integer"))));
    }
    return response;
  }
}
