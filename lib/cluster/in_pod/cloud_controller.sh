# In a Cloud Controller pod: which BBS address does Cloud Controller use, and does a connection to it open?
# address: the one to test whatever the configuration says, or empty. fallback: the one to test if that says nothing.
a=$address
s=override
if [ -z "$a" ]; then
    s=configuration
    f=$V/jobs/cloud_controller_ng/config/cloud_controller_ng.yml
    # From the first "bbs:" on its indentation stands behind each line, up to the next key that is as far to the left.
    a=$(bound $W sed -n "/^diego:/,/^[^ #]/{
        G
        /\n./!{
            /^\( *\)bbs:.*/{
                s//\1!/
                h
            }
            d
        }
        /^\( *\)  *url: *[\"']\{0,1\}https\{0,1\}:\/\/\([A-Za-z0-9.-]*:[0-9]*\)\/*[\"']\{0,1\} *\(#.*\)\{0,1\}\n\1!\$/{
            s//\2/p
            q
        }
        /^\( *\)[^ #].*\n\1!\$/q
    }" $f 2>/dev/null)
fi
if [ -z "$a" ]; then
    s=service
    a=$fallback
    [ -z "$a" ] || a=${a%:*}${KUBERNETES_CLUSTER_DOMAIN:+.$KUBERNETES_CLUSTER_DOMAIN}:${a##*:}
fi
say address $s "$a"
if [ -n "$a" ]; then
    connect "${a%:*}" "${a##*:}"
    say probe "$r $n" "$t"
fi
