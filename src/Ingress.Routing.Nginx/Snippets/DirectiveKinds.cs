using System.Collections.Frozen;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>What is known of directives that are not translated: whether leaving one out could open something.</summary>
internal static class DirectiveKinds
{
    // Directives that make answers other, smaller, faster or logged. Whatever is not here could protect something.
    private static readonly FrozenSet<string> s_harmless = """
        access_log add_before_body add_after_body add_trailer addition_types aio auth_request_set brotli brotli_comp_level brotli_types charset
        charset_types chunked_transfer_encoding client_max_body_size client_body_buffer_size client_body_timeout client_header_timeout default_type etag error_log
        expires gunzip gzip gzip_buffers gzip_comp_level gzip_disable gzip_http_version gzip_min_length gzip_proxied gzip_static gzip_types
        gzip_vary http2_push_preload if_modified_since keepalive_requests keepalive_timeout large_client_header_buffers lingering_close
        lingering_time lingering_timeout log_not_found log_subrequest merge_slashes more_clear_headers msie_padding open_file_cache
        opentelemetry opentelemetry_operation_name opentracing opentracing_tag output_buffers output_compress postpone_output proxy_buffer_size
        proxy_buffering proxy_buffers proxy_busy_buffers_size proxy_cache proxy_cache_background_update proxy_cache_bypass proxy_cache_key
        proxy_cache_lock proxy_cache_methods proxy_cache_min_uses proxy_cache_revalidate proxy_cache_use_stale proxy_cache_valid
        proxy_cookie_domain proxy_cookie_path proxy_headers_hash_bucket_size proxy_headers_hash_max_size proxy_http_version proxy_ignore_client_abort
        proxy_ignore_headers proxy_intercept_errors proxy_max_temp_file_size proxy_no_cache proxy_next_upstream proxy_next_upstream_timeout
        proxy_next_upstream_tries proxy_pass_header proxy_redirect proxy_request_buffering proxy_socket_keepalive proxy_temp_file_write_size
        reset_timedout_connection rewrite_log send_timeout sendfile server_tokens set_real_ip_from sub_filter sub_filter_last_modified
        sub_filter_once sub_filter_types subs_filter subs_filter_types tcp_nodelay tcp_nopush types underscores_in_headers uninitialized_variable_warn
        zipkin_trace
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    // What a location of its own does with the requests that it takes, besides keeping clients out.
    private static readonly FrozenSet<string> s_ofLocations =
        FrozenSet.ToFrozenSet(["proxy_pass", "proxy_set_header", "rewrite", "alias", "root", "try_files", "content_by_lua_block", "index"], StringComparer.Ordinal);

    /// <summary>Whether leaving out a directive, with all that it holds, could open something.</summary>
    public static bool CouldProtect(SnippetDirective directive) => directive.Name switch
    {
        "location" => directive.Block?.Any(static inner => !s_ofLocations.Contains(inner.Name) && CouldProtect(inner)) ?? true,
        "if" => directive.Block?.Any(CouldProtect) ?? true,
        "set" or "break" or "add_header" or "more_set_headers" or "proxy_hide_header" => false,
        "return" => directive.Arguments is not [[>= '0' and <= '2', ..], ..], // an answer that says that all is well keeps no client out
        "auth_basic" or "auth_request" => directive.Arguments is not ["off"],
        _ => !s_harmless.Contains(directive.Name),
    };
}
