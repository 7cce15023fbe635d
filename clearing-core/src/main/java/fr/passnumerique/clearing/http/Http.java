package fr.passnumerique.clearing.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.servlet.MultipartConfigFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What every endpoint stands on: strict JSON, limits on bodies, problems. */
@Configuration(proxyBeanMethods = false)
public class Http {
  /** Of a refused body, this many times the limit is read and thrown away. */
  private static final int DRAINED_TIMES = 8;

  /** What bodies are read and written by. */
  private static final List<Class<? extends HttpMessageConverter<?>>> CONVERTERS =
      List.of(
          ByteArrayHttpMessageConverter.class,
          StringHttpMessageConverter.class,
          ResourceHttpMessageConverter.class,
          JacksonJsonHttpMessageConverter.class);

  /** A file of 8 MB that packing makes no smaller, in Base64, and what stands beside it. */
  private static final DataSize MOST_IN_FIELDS = DataSize.ofMegabytes(12);

  private final DataSize maxUpload;

  /**
   * @param maxUpload largest body of any request, {@code pass.http.max-upload}
   */
  Http(@Value("${pass.http.max-upload:32MB}") DataSize maxUpload) {
    this.maxUpload = maxUpload;
  }

  @Bean
  WebMvcRegistrations routes() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new RoutesByStart();
      }
    };
  }

  @Bean
  ProblemAdvice problemAdvice() {
    return new ProblemAdvice(maxUpload.toBytes());
  }

  @Bean
  StrictBody strictBody() {
    return new StrictBody();
  }

  @Bean
  ErrorPages errorPages(ObjectProvider<ErrorViewResolver> views) {
    return new ErrorPages(views.orderedStream().toList());
  }

  /** Before the body and the account are looked at, after what measures each request. */
  @Bean
  FilterRegistrationBean<Admission> admission(
      @Value("${pass.http.changes-at-once:#{null}}") @Nullable Integer changes,
      @Value("${pass.http.reads-at-once:#{null}}") @Nullable Integer reads,
      @Value("${pass.http.pages-at-once:#{null}}") @Nullable Integer pages,
      ObjectProvider<MeterRegistry> meters) {
    int processors = Runtime.getRuntime().availableProcessors();
    int others = Math.min(16 * processors, 40);
    FilterRegistrationBean<Admission> registration =
        new FilterRegistrationBean<>(
            new Admission(
                changes == null ? Math.clamp(16L * processors, 32, 100) : changes,
                reads == null ? others : reads,
                pages == null ? others : pages,
                System::nanoTime,
                meters.getIfAvailable(SimpleMeterRegistry::new)));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return registration;
  }

  @Bean
  FilterRegistrationBean<UploadLimit> uploadLimit() {
    FilterRegistrationBean<UploadLimit> registration =
        new FilterRegistrationBean<>(new UploadLimit(maxUpload, mostInFields()));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return registration;
  }

  @Bean
  MultipartConfigElement multipartLimits() {
    MultipartConfigFactory limits = new MultipartConfigFactory();
    limits.setMaxFileSize(maxUpload);
    limits.setMaxRequestSize(maxUpload);
    return limits.createMultipartConfig();
  }

  /** Reads a multipart body when an endpoint wants it: after who is asking has been judged. */
  @Bean(DispatcherServlet.MULTIPART_RESOLVER_BEAN_NAME)
  StandardServletMultipartResolver multipartResolver() {
    StandardServletMultipartResolver resolver = new StandardServletMultipartResolver();
    resolver.setResolveLazily(true);
    return resolver;
  }

  /**
   * Each request on a thread of its own, which costs next to nothing while it waits for the commit
   * that it shares, and is handed from one to the next without the system's scheduler. How many are
   * worked on is for {@link Admission} to say, and nobody else waits for a thread to be refused on.
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> virtualThreads() {
    return factory ->
        factory.addProtocolHandlerCustomizers(
            protocol -> protocol.setExecutor(new VirtualThreadExecutor("http-")));
  }

  /**
   * A page keeps the file that it was given in a field until what comes of it is confirmed. Not as
   * much as of a body: a form's fields are read before it is known who sends them.
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> fieldsThatHoldAFile() {
    return factory ->
        factory.addConnectorCustomizers(
            connector -> connector.setMaxPostSize((int) mostInFields().toBytes()));
  }

  private DataSize mostInFields() {
    return DataSize.ofBytes(Math.min(MOST_IN_FIELDS.toBytes(), maxUpload.toBytes()));
  }

  /**
   * @param patience {@code pass.http.patience}: how long a body may come as slowly as it likes
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> pacedBodies(
      @Value("${pass.http.patience:30s}") Duration patience) {
    return factory -> factory.addEngineValves(new PacedBodies(patience));
  }

  /**
   * @param patience {@code pass.http.patience}: how long headers may come as slowly as they like
   */
  @Bean
  WebServerFactoryCustomizer<TomcatWebServerFactory> pacedHeaders(
      @Value("${pass.http.patience:30s}") Duration patience) {
    return factory -> {
      factory.setProtocol(PacedHeaders.class.getName());
      factory.addProtocolHandlerCustomizers(
          (PacedHeaders protocol) -> protocol.setPatience(patience));
    };
  }

  /**
   * A client that waits for {@code 100 Continue} gets its refusal instead of it. One that does not
   * wait is refused at once too, and what it is still sending is drained, within bounds: many
   * clients read only after they have written, and would see a broken connection instead of the
   * answer.
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> refusalsThatArrive() {
    return factory -> {
      factory.addConnectorCustomizers(
          connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
              http.setContinueResponseTiming("onRead");
              http.setMaxSwallowSize(
                  (int) Math.min(Integer.MAX_VALUE, maxUpload.toBytes() * DRAINED_TIMES));
            }
          });
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    };
  }

  /**
   * Where a redirect leads is said without a host: the one that was sent is the sender's to choose,
   * and a cache may keep the answer for others.
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> redirectsToThisHost() {
    return factory ->
        factory.addContextCustomizers(context -> context.setUseRelativeRedirects(true));
  }

  @Bean
  WebMvcConfigurer httpConventions() {
    return new WebMvcConfigurer() {
      @Override
      public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        // Whatever else is on the class path (YAML comes with the OpenAPI generator) would be read
        // by a mapper that guesses.
        builder
            .withJsonConverter(new JacksonJsonHttpMessageConverter(StrictJson.mapper()))
            .configureMessageConvertersList(
                converters ->
                    converters.removeIf(
                        converter ->
                            CONVERTERS.stream().noneMatch(kept -> kept.isInstance(converter))));
      }

      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters()).order(Ordered.LOWEST_PRECEDENCE);
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new TableDownloadArgument());
        resolvers.add(new ProgressArgument());
      }

      @Override
      public void addFormatters(FormatterRegistry registry) {
        DateTimeFormatterRegistrar iso = new DateTimeFormatterRegistrar();
        iso.setUseIsoFormat(true);
        iso.registerFormatters(registry);
        // Later ones go before: of these two, the years are looked at.
        Converter<String, @Nullable LocalDate> day =
            text -> text.isBlank() ? null : LedgerYears.day(text);
        Converter<String, @Nullable Instant> instant =
            text -> text.isBlank() ? null : LedgerYears.instant(text);
        registry.addConverter(String.class, LocalDate.class, day);
        registry.addConverter(String.class, Instant.class, instant);
      }
    };
  }
}
