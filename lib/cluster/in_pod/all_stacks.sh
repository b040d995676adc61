# In BBS and Locket pods where a look shows need.
stacks bbs 17017 &
stacks locket 17018 &
wait
say done $v
