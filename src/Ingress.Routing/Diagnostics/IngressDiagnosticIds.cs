namespace Ingress.Routing.Diagnostics;

/// <summary>The ids of all diagnostics, one heading each in <c>docs/diagnostics.md</c>.</summary>
/// <remarks>
/// Never renumbered; a retired id stays reserved. 001-029 structure of objects, 030-049 conflicts, 050-069 classes, 070-089 TLS,
/// 090-099 backends, 100-109 and 165-179 manifests, 110-129 lint, 200-215 a cluster.
/// </remarks>
public static class IngressDiagnosticIds
{
    /// <summary>The metadata of an object are invalid (semantics 2.1).</summary>
    public const string InvalidMetadata = "INGR001";

    /// <summary>An Ingress has neither rules nor a default backend (semantics 2.2.1).</summary>
    public const string EmptySpec = "INGR002";

    /// <summary>The class name of an Ingress is malformed (semantics 2.2.2).</summary>
    public const string InvalidClassName = "INGR003";

    /// <summary>The host of a rule is malformed (semantics 2.3).</summary>
    public const string InvalidHost = "INGR004";

    /// <summary>A rule has an <c>http</c> section without paths (semantics 2.2.4).</summary>
    public const string NoPaths = "INGR005";

    /// <summary>A path type is missing or unknown (semantics 2.4.1, 2.4.2).</summary>
    public const string InvalidPathType = "INGR006";

    /// <summary>A path is malformed (semantics 2.4.3, 2.4.5).</summary>
    public const string InvalidPath = "INGR007";

    /// <summary>A backend is missing, ambiguous or malformed (semantics 2.5).</summary>
    public const string InvalidBackend = "INGR008";

    /// <summary>A TLS entry is malformed (semantics 2.6).</summary>
    public const string InvalidTls = "INGR009";

    /// <summary>An IngressClass is malformed (semantics 2.7).</summary>
    public const string InvalidIngressClass = "INGR010";

    /// <summary>A rule path can never equal the path of a request.</summary>
    public const string UnreachablePath = "INGR011";

    /// <summary>An Ingress that goes first, or an earlier rule of the same one, claims the same host, path and path type (D6a, D6b).</summary>
    public const string PathConflict = "INGR030";

    /// <summary>Another path with the same meaning takes precedence, so this one never wins (semantics 4.6, D6).</summary>
    public const string PathShadowed = "INGR031";

    /// <summary>Ingresses of several namespaces claim one host (D21).</summary>
    public const string HostShared = "INGR032";

    /// <summary>A rule is left out because its host belongs to another namespace (D21).</summary>
    public const string HostNotOwned = "INGR033";

    /// <summary>An Ingress that goes first provides the default backend instead (D14).</summary>
    public const string DefaultBackendConflict = "INGR034";

    /// <summary>The same object was given more than once; the last or newest one is used, and none when that cannot be told.</summary>
    public const string DuplicateObject = "INGR035";

    /// <summary>An Ingress belongs to another controller and is not served (D3).</summary>
    public const string ForeignClass = "INGR050";

    /// <summary>An Ingress names a class that does not exist and is not served (semantics 10.2).</summary>
    public const string UnknownClass = "INGR051";

    /// <summary>An Ingress names no class, and there is no single default class of ours (D3).</summary>
    public const string NoClass = "INGR052";

    /// <summary>The class annotation and the class field differ; the annotation decides (D2, semantics 2.1.3).</summary>
    public const string ClassMismatch = "INGR053";

    /// <summary>Several classes are marked as the default, so there is none (semantics 10.3).</summary>
    public const string SeveralDefaultClasses = "INGR054";

    /// <summary>The Secret of a TLS entry is missing (D17).</summary>
    public const string SecretNotFound = "INGR070";

    /// <summary>A Secret holds no usable certificate and key (D17).</summary>
    public const string SecretUnusable = "INGR071";

    /// <summary>A certificate does not cover a host that its TLS entry lists (D17).</summary>
    public const string CertificateDoesNotCoverHost = "INGR072";

    /// <summary>A TLS entry that goes first provides the certificate of a host (D17).</summary>
    public const string TlsConflict = "INGR073";

    /// <summary>A certificate has expired and is served all the same (semantics 11.5).</summary>
    public const string CertificateExpired = "INGR074";

    /// <summary>The Secret of the default certificate is missing or unusable (D17).</summary>
    public const string DefaultCertificateUnusable = "INGR075";

    /// <summary>The new version of a Secret gives no certificate; that of the version before it goes on serving (semantics 11.9).</summary>
    public const string LastGoodCertificateKept = "INGR076";

    /// <summary>An annotation of a dialect in use is unknown or malformed (D20).</summary>
    public const string InvalidAnnotation = "INGR077";

    /// <summary>Something else decides the TLS policy of a host than the annotations of an Ingress (D23).</summary>
    public const string TlsPolicyOverruled = "INGR078";

    /// <summary>The authorities for client certificates are missing or unusable, so none is verified (D25).</summary>
    public const string ClientAuthoritiesUnusable = "INGR079";

    /// <summary>The API server would not store the entries of a Secret or ConfigMap, so it is left out.</summary>
    public const string InvalidData = "INGR080";

    /// <summary>There is no Secret that an annotation refers to.</summary>
    public const string ReferencedSecretNotFound = "INGR081";

    /// <summary>There is no ConfigMap that an annotation refers to.</summary>
    public const string ReferencedConfigMapNotFound = "INGR082";

    /// <summary>There is no Service that an annotation refers to.</summary>
    public const string ReferencedServiceNotFound = "INGR083";

    /// <summary>The Service of a backend does not exist; its paths answer 503 (D16).</summary>
    public const string ServiceNotFound = "INGR090";

    /// <summary>The Service of a backend has no such port; its paths answer 503 (D16).</summary>
    public const string ServicePortNotFound = "INGR091";

    /// <summary>The Service of a backend has no ready endpoint; its paths answer 503 (D16).</summary>
    public const string NoReadyEndpoints = "INGR092";

    /// <summary>The Service of a backend only names an external host, which is refused (semantics 13.2).</summary>
    public const string ExternalNameRefused = "INGR093";

    /// <summary>No handler serves the kind of a resource backend; its paths answer 503 (D16).</summary>
    public const string ResourceKindNotServed = "INGR094";

    /// <summary>An address of an EndpointSlice is malformed or may not be used.</summary>
    public const string AddressRefused = "INGR095";

    /// <summary>A file cannot be read, or is not YAML or JSON.</summary>
    public const string UnreadableManifest = "INGR100";

    /// <summary>A document of a kind that takes no part in routing was skipped.</summary>
    public const string KindSkipped = "INGR101";

    /// <summary>An object of a retired API version was refused; the message says what to change.</summary>
    public const string RetiredApiVersion = "INGR102";

    /// <summary>A field has a value of the wrong type; the API server would refuse the object.</summary>
    public const string WrongFieldType = "INGR103";

    /// <summary>A field is unknown and was dropped, as the API server does.</summary>
    public const string UnknownField = "INGR104";

    /// <summary>A mapping holds a key twice; the last one counts.</summary>
    public const string DuplicateKey = "INGR105";

    /// <summary>A document exceeds a limit on size, depth or alias expansion.</summary>
    public const string LimitExceeded = "INGR106";

    /// <summary>A changed file cannot be read; its last good version stays in force.</summary>
    public const string LastGoodKept = "INGR107";

    /// <summary>A document is not a Kubernetes object: it has no <c>kind</c> or no <c>apiVersion</c>.</summary>
    public const string NotAnObject = "INGR108";

    /// <summary>No request reaches anything of an Ingress.</summary>
    public const string IngressNeverServes = "INGR110";

    /// <summary>A wildcard or host-less rule takes every request of hosts that no rule names.</summary>
    public const string CatchAll = "INGR111";

    /// <summary>Paths of a wildcard or host-less rule are hidden by a more specific host that does not answer them (D5b).</summary>
    public const string HostHidesPaths = "INGR112";

    /// <summary>A TLS entry lists a host that no rule has.</summary>
    public const string TlsHostWithoutRule = "INGR113";

    /// <summary>A rule has a host that no TLS entry lists, although others of the Ingress, or most hosts, are listed.</summary>
    public const string RuleWithoutTls = "INGR114";

    /// <summary>A certificate expires soon, or is not valid yet.</summary>
    public const string CertificateEndsSoon = "INGR115";

    /// <summary>No request reaches the default backend of an Ingress.</summary>
    public const string DefaultBackendNeverServes = "INGR116";

    /// <summary>A path looks like a regular expression, and paths are literal (semantics 4.11).</summary>
    public const string PathLooksLikePattern = "INGR117";

    /// <summary>An annotation of ingress-nginx would make regular expressions of paths, and changes nothing here (D20).</summary>
    public const string PatternAnnotation = "INGR118";

    /// <summary>A path is written differently from how it is compared (semantics 8.4).</summary>
    public const string PathSpelling = "INGR119";

    /// <summary>An annotation is unknown under its prefix, most likely misspelt (D20).</summary>
    public const string UnknownAnnotation = "INGR120";

    /// <summary>Annotations of ingress-nginx would ask for client certificates, and here every client is served (D20).</summary>
    public const string ClientCertificatesElsewhere = "INGR121";

    /// <summary>No request meets a policy: none reaches the Ingress, or none that does fits it.</summary>
    public const string PolicyNeverApplies = "INGR122";

    /// <summary>Redirects lead clients round and round.</summary>
    public const string RedirectLoop = "INGR123";

    /// <summary>A redirect between a host and its <c>www.</c> has no rule for one of the two.</summary>
    public const string WwwHostMissing = "INGR124";

    /// <summary>A rate limit counts by a header that any client can choose.</summary>
    public const string RateLimitKeyOfClients = "INGR125";

    /// <summary>A change of a header opens something, or makes clients misread answers.</summary>
    public const string RiskyHeaderEdit = "INGR126";

    /// <summary>A path is read as a regular expression, and takes other requests than Kubernetes means by it.</summary>
    public const string PathReadAsPattern = "INGR127";

    /// <summary>A path that is to be a regular expression cannot be one, or is slow.</summary>
    public const string PathPatternProblem = "INGR128";

    /// <summary>A host that an annotation adds is served otherwise, or not at all.</summary>
    public const string AddedHostNotServed = "INGR129";

    /// <summary>A path of a canary takes no requests.</summary>
    public const string CanaryNotServed = "INGR130";

    /// <summary>A default backend is served without the conditions of its Ingress.</summary>
    public const string DefaultBackendWithoutConditions = "INGR131";

    /// <summary>Weights that no path uses.</summary>
    public const string WeightsNotUsed = "INGR132";

    /// <summary>Answers that browsers do not let any page read: <c>*</c> together with credentials.</summary>
    public const string CorsForAllWithCredentials = "INGR133";

    /// <summary>A list of addresses that lets every client in, or none.</summary>
    public const string AddressListWithoutEffect = "INGR134";

    /// <summary>Bodies of any size are read before they are passed on.</summary>
    public const string UnboundedBuffering = "INGR135";

    /// <summary>Copies of requests are sent unencrypted.</summary>
    public const string UnencryptedMirror = "INGR136";

    /// <summary>The certificate of a backend is not verified.</summary>
    public const string BackendNotVerified = "INGR137";

    /// <summary>Requests that change something may be carried out twice.</summary>
    public const string RepeatedRequests = "INGR138";

    /// <summary>A file may still be being written; what was last read from it stays in force for a while.</summary>
    public const string FileNotFinished = "INGR145";

    /// <summary>A file was emptied and stayed so; the objects it gave are no longer served.</summary>
    public const string FileEmptied = "INGR146";

    /// <summary>A pipe, a socket or a device stands where a manifest is looked for, and is left out.</summary>
    public const string NotAFile = "INGR147";

    /// <summary>A file or a folder does not answer within its time, and is left out until it does.</summary>
    public const string FileDoesNotAnswer = "INGR148";

    /// <summary>Something in a Secret takes no part in anything.</summary>
    public const string SecretPartIgnored = "INGR155";

    /// <summary>A certificate is not valid yet; it is served all the same.</summary>
    public const string CertificateNotYetValid = "INGR156";

    /// <summary>A certificate is not meant for servers; it is served all the same.</summary>
    public const string CertificateNotForServers = "INGR157";

    /// <summary>An Endpoints object counts for nothing, because its Service has a selector.</summary>
    public const string EndpointsNotMirrored = "INGR158";

    /// <summary>A document is a template that no tool has filled in, or an object holds placeholders.</summary>
    public const string TemplateNotRendered = "INGR165";

    /// <summary>A document is a patch for kustomize, and no object of its own.</summary>
    public const string PatchSkipped = "INGR166";

    /// <summary>A file beside the manifests belongs to something else: a chart, kustomize, another tool.</summary>
    public const string FileSkipped = "INGR167";

    /// <summary>Lint: a backend stands for an action in an annotation that is not read here.</summary>
    public const string LoadBalancerAction = "INGR168";

    /// <summary>An annotation is known, and has no effect here; the message says why that changes nothing.</summary>
    public const string AnnotationWithoutEffect = "INGR180";

    /// <summary>An annotation is known, and what it asks for is not done; the message says what to do instead.</summary>
    public const string AnnotationRefused = "INGR181";

    /// <summary>A snippet of ingress-nginx, or a directive in it, is not translated; the message names directive and line.</summary>
    public const string SnippetNotTranslated = "INGR182";

    /// <summary>A kind of objects of the cluster may not be read; the message names the rule to add.</summary>
    public const string ClusterKindNotRead = "INGR200";

    /// <summary>An object of the cluster is malformed; its version before stays in force, if there was one.</summary>
    public const string ClusterObjectNotRead = "INGR201";

    /// <summary>The account of the gateway may not do something in the cluster that it needs.</summary>
    public const string PermissionMissing = "INGR210";

    /// <summary>The API server does not tell what the account of the gateway may do.</summary>
    public const string PermissionsUnknown = "INGR211";

    /// <summary>ACME: no certificate was issued for names; the message says what the CA said, and when it is tried again.</summary>
    public const string AcmeOrderFailed = "INGR216";

    /// <summary>ACME: a certificate ends within 30 days, and should have been renewed.</summary>
    public const string AcmeCertificateEnding = "INGR217";

    /// <summary>ACME: a certificate ends within 7 days, and was not renewed.</summary>
    public const string AcmeCertificateUrgent = "INGR218";

    /// <summary>ACME: a certificate has expired, and was not renewed.</summary>
    public const string AcmeCertificateExpired = "INGR219";

    /// <summary>ACME: something that was kept cannot be read, or can be read by others.</summary>
    public const string AcmeItemDamaged = "INGR220";

    /// <summary>ACME: no certificate is ordered for a wildcard, because nothing writes DNS records.</summary>
    public const string AcmeWildcardRefused = "INGR221";

    /// <summary>ACME: so many certificates are wanted that some have to wait.</summary>
    public const string AcmeOrdersLimited = "INGR222";

    /// <summary>ACME: the CA does not answer, or makes no account.</summary>
    public const string AcmeAuthorityUnavailable = "INGR223";
}
