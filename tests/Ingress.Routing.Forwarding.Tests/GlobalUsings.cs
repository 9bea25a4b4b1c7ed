global using Ingress.Routing.Forwarding.Tests.Support;
global using Ingress.Routing.Tests.Shared;
