
namespace Ingress.Routing.Nginx.Tests;

public sealed class NginxTemplateTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("$scheme://$host$request_uri", "${scheme}://${host}${path}${query}")]
    [InlineData("https://$http_host$uri$is_args$args", "https://${header:Host}${path}${query}")]
    [InlineData("$best_http_host", "${header:Host}")]
    [InlineData("${remote_addr}x", "${client_address}x")]
    [InlineData("$http_x_forwarded_user", "${header:x-forwarded-user}")]
    [InlineData("$cookie_my_session", "${cookie:my_session}")]
    [InlineData("$arg_user", "${query:user}")]
    [InlineData("$namespace/$ingress_name", "shop/web")]
    [InlineData("?$args", "?${args}")]
    [InlineData("$server_port $request_method $req_id $request_id", "${port} ${method} ${request_id} ${request_id}")]
    public void TryRead_Variables_AreThoseOfTemplates(string text, string expected)
    {
        Assert.True(NginxTemplate.TryRead(text, new("shop", "web"), null, out var template, out var problem), problem);
        Assert.Equal(expected, template.Text);
    }

    [Theory]
    [InlineData("/$1/x", "/${1}/x")]
    [InlineData("/$3", "/")]
    [InlineData("/$10", "/${1}0")]
    [InlineData("/$name$host", "/${name}${host}")]
    public void TryRead_Captures_AreOneDigit_AndEmptyWhereThereIsNoGroup(string text, string expected)
    {
        Assert.True(PathPattern.TryParse("/(a)(?<name>b)", out var pattern, out _));
        Assert.True(NginxTemplate.TryRead(text, new("shop", "web"), pattern, out var template, out var problem), problem);
        Assert.Equal(expected, template.Text);
    }

    [Theory]
    [InlineData("$")]
    [InlineData("$ host")]
    [InlineData("${host")]
    [InlineData("${}")]
    [InlineData("$hostname")]
    [InlineData("$http_")]
    [InlineData("$document_root")]
    [InlineData("$ssl_client_raw_cert")]
    [InlineData("$lua_rx")]
    public void TryRead_WhatIsNoVariableHere_IsRefused(string text)
    {
        Assert.False(NginxTemplate.TryRead(text, new("shop", "web"), null, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
