namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>Passwords and their hashes, made by others: <c>crypt</c> of Debian, <c>openssl passwd</c> and <c>htpasswd</c>.</summary>
internal static class PasswordVectors
{
    private const string All = """
        secret	abNANd1rDfiNc
        secret	./17m29LFAflg
        secret	$1$saltsalt$9xy1btjgzLYfb7hivXtC//
        secret	$5$short$jNBWuyRRt570O5bSllou1aaAY7HMStZbxDBT2Z8DQw3
        secret	$5$rounds=1000$saltstringsaltst$P/psnalDJ2UyDjcLdLAGOEqcMHyX09rPWa6zNzYpkw4
        secret	$6$saltstring$AIsRs/Ee56G/tC8MEHhvReZTfx8u3rXXMl6eYrjCG9ibix19DxoMBLogdTET5Ukw9Sf7eZTITsuk0Ry5qulYz.
        secret	$6$rounds=1400$anotherlongsalts$Twf2eP6WMY29NT9yg1Nff0x6Ul/TWD9vkV2VVPyEX7uifmXI0FHGx3rX27ttfZtfB9phxv3003yyBPq3nGFb8.
        secret	$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW
        secret	$2y$05$......................35w9tBXOiWEqF4YNx8Fn9rPUbxS7RTu
        secret	$2a$04$zzzzzzzzzzzzzzzzzzzzzuQLRY6Flr1wbvMquuJ4njQRTlOH18Xsq
        	abmF1QH4PEr.E
        	./Una9Fi.seRo
        	$1$saltsalt$5Jhcit4zN9UlGiA0txPkO0
        	$5$short$cLqQczNe1fmrPIy0KIrfq/WfsyygGH83SzXaZDNpS53
        	$5$rounds=1000$saltstringsaltst$fJyHeLfYNbQzvekOQ01sK2Xs56HhRK6MNGjOqG/ixT5
        	$6$saltstring$kyGrqt6gmjAdtFLPrflEFifSYLCWWq1pyx95SvqinLDy2UHmj0sTF0MSLMwxPFZc3tu5kQckI8fks0zOPda3n1
        	$6$rounds=1400$anotherlongsalts$CvyNSQwf6bQerEu9N9SQOWtPnrIu1XZzaKZQpGKfoQ/SaumCMqHGCEvfGxtQ5xG2Au23d5sGapl8LQH64hLtn/
        	$2b$04$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq
        	$2y$05$......................J2ihDv8vVf7QZ9BsaRrKyqs2tkn55Yq
        	$2a$04$zzzzzzzzzzzzzzzzzzzzzui03xBzXgofNodTRmeXjY4xrMhnsNteq
        a	abxxB7HlIeckU
        a	./xT2u5QYaHcU
        a	$1$saltsalt$MzDjbImyzEz2m0NTiPzNW/
        a	$5$short$26OgkZnNPH/fhIJiNDSUG8GpRVc3tG42gPClFWxDDA2
        a	$5$rounds=1000$saltstringsaltst$9zE0ZvS1fALKxeNx83qZ1UmvJ9ZR/nUK2lmmMWFS6b5
        a	$6$saltstring$MO53nAXQUKXVLlsbiXyPgMsR6q10N7eF7sPvanwdXnEeCj5kE3eYaRvFv0wVW1UZ4SnNTzc1v4OCOq1ASDQZY0
        a	$6$rounds=1400$anotherlongsalts$Fu.LkXqygnUvG7rbMCVvZHM1cxxrCeKetK7WleDTj8ua4.TkZZcyRGCsWPwljjreE8gYZ4JIUQT2KPYKLxKmL.
        a	$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC
        a	$2y$05$......................2vjzcADwWgyZ3m10pK7p1HZi2sECLzS
        a	$2a$04$zzzzzzzzzzzzzzzzzzzzzucVH8yI/6FMFsdipIJbl8pDkegvnkeae
        pässwörd	abzp3RXJm5gNA
        pässwörd	./vYBXr45rAoM
        pässwörd	$1$saltsalt$VReRfkQ8Hs1aayf/oxMkG/
        pässwörd	$5$short$9/8SIv1phoCHJHx3/4TkS9i4lXOKaO0/Ns5nFzI9S59
        pässwörd	$5$rounds=1000$saltstringsaltst$/RCy9CiCm9hUXCdIVDO9b6X6GaSqQJqyA5ftcQLCQR1
        pässwörd	$6$saltstring$6PSVl254uv0cWCoUS0qzSX5NenRA/YFCwPzGA9ONu.MmmxqXTWHerEzD8WyuBl3ukfIZZU9uxLD6Bn6p7S3rG.
        pässwörd	$6$rounds=1400$anotherlongsalts$PvxoJTmXveDTqoAtKdjfDTb9839NNbMeeVHeMRky7zZhRx5UG3mQfg9LT5cbklRT5ZxC6sJXmSNiHCq.mEK4y/
        pässwörd	$2b$04$abcdefghijklmnopqrstuuyx2n0Zzopyr9QuYTMCfOJJOj526QVoC
        pässwörd	$2y$05$......................dFRVryNs/siTXJsZ3jz36vINcaQzIEq
        pässwörd	$2a$04$zzzzzzzzzzzzzzzzzzzzzumxOJzjpecQD0P1cECRjytE5UiY52DSG
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	ab2wHQ4RTFVKI
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	./EK6XMRZnEdY
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$1$saltsalt$ndUN.nIAk5gwSTF3icw.V1
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$5$short$B3AT6NTe5GRCvTJo2P7sIlsVvAp8KLG.E.FL9zfJQG6
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$5$rounds=1000$saltstringsaltst$pSE0AFdEKFMuEv5AqJ8byfZNn3iDlxFecfUjTr/cXP2
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$6$saltstring$C1x4DCtLXdfvBDuO5l0LJohGrKTCd5DkHCzFcr6I.YY4k4MzX4lRn/Eymio/qiJHZJDqLOWsjiXCIJtBjX7u/0
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$6$rounds=1400$anotherlongsalts$WTNMadLccRyYWj5thGzSFQa.ig5MxiPBrK5WdRZg0gHVsO/qwmmvgJ72llLj4EI/NI9mxtj/L/XaAuPg7sBKZ1
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$2b$04$abcdefghijklmnopqrstuuRAip/W0RPQX4QKkqYqXE3GIXWH518Sm
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$2y$05$......................8OgUS8zHv/i4dNAl5WQl7ICloQ8Gp5u
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$2a$04$zzzzzzzzzzzzzzzzzzzzzuFdNEFRLFI22hyG1AD1RBOJXqroJpIGW
        secret	$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/
        secret	{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=
        secret	$2y$04$K.K1XfMrgRag9NjBWI8wqOm43z1kx55ZlYhoWa5OFLuOZxf8p.QYu
        a	$apr1$abcdefgh$G8IsPsylW5ROvIKsQMRG61
        a	{SHA}hvfkN/qlp/zhXR3cuerq6jd2Z7g=
        a	$2y$04$J2itcPrU1CNFLbV3v12qIOeBkF3LGAeyy0.ecuXBmFXkAqUnTDn0.
        pässwörd	$apr1$abcdefgh$030j6I3f1zNCF9tihqdd11
        pässwörd	{SHA}9Rfd8dMqES/xrVXGbRsSyzjn6Pc=
        pässwörd	$2y$04$yNfS0.HFz2ElIOk5eqLd6ep46ly29.Howj9wur7LzbLOD5wLdEI9e
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$apr1$abcdefgh$hCxt.jfksV3M5Pqpavx901
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	{SHA}l4QhVEo+vSJ0LQoTOb7hQ6oaRPc=
        0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789	$2y$04$QOPd4nOo/tSwHCSHvC//UeG1Rj5UEsbwJae61gwgU5ZpOI5rYb/K6
        secret	{SSHA}GCVetf5oMda1iOzY3uPFNus1QZUBAv8Ac2FsdA==
        secret	{PLAIN}secret
        pässwörd	{SSHA}Ba/OtpvlzQGXjHaUmgFpCt+6pIwBAv8Ac2FsdA==
        pässwörd	{PLAIN}pässwörd
        """;

    public static IEnumerable<(string Password, string Hash)> Read() => All.Split('\n').Select(static line => line.Split('\t')).Select(static parts => (parts[0], parts[1]));
}
