package io.github.proxmoxdiscovery.settings;

/** A certificate, made for these tests; nobody has its key. */
final class Certificates {

    static final String PEM = """
        -----BEGIN CERTIFICATE-----
        MIIBgzCCASmgAwIBAgIUYw6j02phM9wNSPIdNgg7QVp+SlcwCgYIKoZIzj0EAwIw
        FjEUMBIGA1UEAwwLcHZlLXJvb3QtY2EwIBcNMjYxMTI0MTYzOTU3WhgPMjEyNjEw
        MzExNjM5NTdaMBYxFDASBgNVBAMMC3B2ZS1yb290LWNhMFkwEwYHKoZIzj0CAQYI
        KoZIzj0DAQcDQgAEiDKCt3PVHrUElNoRP6GJ3mpgbZO6vi5On4fcDnMfZ8KxOHn5
        2QfCSKBIRx5UUV4TMLpPHWK13qonKypLSIWWrqNTMFEwHQYDVR0OBBYEFN2BdzGi
        OV2cBZAfTO+qSIvtV0FgMB8GA1UdIwQYMBaAFN2BdzGiOV2cBZAfTO+qSIvtV0Fg
        MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgBTgiQ7TvwKlHWjzL
        uw+YLug8EoOmLhKJk66rAxWRIQECIQDW4L90T64CWclfigdCvelCeL0SbdqbHxRu
        gxxcQkMmhg==
        -----END CERTIFICATE-----
        """;

    private Certificates() {}
}
