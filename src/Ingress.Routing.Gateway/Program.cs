using Ingress.Routing.Gateway.CommandLine;

return await GatewayCommandLine.InvokeAsync(args, Console.In, Console.Out, Console.Error);
