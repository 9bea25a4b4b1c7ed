global using Ingress.Routing.Tests.Shared;
